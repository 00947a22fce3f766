module example.org/counting

go 1.19
