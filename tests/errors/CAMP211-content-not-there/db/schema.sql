CREATE TABLE signatures (name text NOT NULL);
