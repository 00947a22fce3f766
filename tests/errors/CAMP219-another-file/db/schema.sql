CREATE TABLE notes (text text);
