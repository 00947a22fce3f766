create table boats (name text primary key);
