create table recipe (
    id integer primary key auto_increment,
    title varchar(200) not null,
    text text not null,
    picture varchar(40)
);
insert into recipe (title, text) values ('Zopf', 'Flour, milk, butter, egg, yeast.'), ('Älplermagronen', 'Pasta, potatoes, cheese, onions.'), ('Bread', 'Flour, water, salt, time.');
