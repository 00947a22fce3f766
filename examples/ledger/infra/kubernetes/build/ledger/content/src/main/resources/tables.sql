create table if not exists entries (
  id bigint generated always as identity primary key,
  account text not null,
  cents bigint not null,
  booked timestamptz not null default now()
);
create index if not exists entries_by_account on entries (account);
