insert into numbers values (1);
