create table ticket (
    id serial primary key,
    title text not null,
    person text not null,
    opened timestamptz not null default now(),
    closed timestamptz
);
