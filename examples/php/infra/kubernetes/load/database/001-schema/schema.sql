create table recipe (id integer primary key auto_increment, title varchar(200) not null, text text not null);
insert into recipe (title, text) values ('Bread', 'Flour, water, salt, time.');
