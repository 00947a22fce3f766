alter table booking add confirmed boolean not null default false;
create index booking_to_confirm on booking (id) where not confirmed;
