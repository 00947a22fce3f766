module example.org/kites

go 1.25.1
