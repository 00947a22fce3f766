create table measurement (
  id integer generated always as identity primary key,
  person varchar(80) not null,
  systolic integer not null,
  diastolic integer not null,
  pulse integer not null
);
insert into measurement (person, systolic, diastolic, pulse) values ('Ada', 118, 76, 62);
insert into measurement (person, systolic, diastolic, pulse) values ('Konrad', 131, 84, 71);
