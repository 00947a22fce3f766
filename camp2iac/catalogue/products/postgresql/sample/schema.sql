create table greeting (words text);
insert into greeting values ('it''s here');
