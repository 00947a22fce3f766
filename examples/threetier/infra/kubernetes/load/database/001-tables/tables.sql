create table good (name text primary key, held integer not null check (held >= 0));
insert into good (name, held) values ('rope', 120), ('lantern', 40), ('oilskin', 25);
create table placed (id serial primary key, good text not null references good, count integer not null check (count > 0));
