insert into goods values ('lamp') on conflict do nothing;
