create table booking (
  id serial primary key,
  room text not null,
  day date not null,
  hour integer not null check (hour between 0 and 23),
  name text not null,
  unique (room, day, hour)
);
