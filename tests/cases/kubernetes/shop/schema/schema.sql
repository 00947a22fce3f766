create table if not exists goods (name text primary key);
