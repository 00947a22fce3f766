create table first (id integer primary key);
insert into first values (1);
