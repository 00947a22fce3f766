create table numbers (n integer);
