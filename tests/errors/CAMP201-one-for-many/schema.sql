CREATE TABLE entries (words text);
