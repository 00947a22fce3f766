create table letters (id serial primary key, sent timestamptz not null default now(), words text not null);
