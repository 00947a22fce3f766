module example.org/counter

go 1.19

require example.org/counting v0.0.0

replace example.org/counting => ../../libs/counting
