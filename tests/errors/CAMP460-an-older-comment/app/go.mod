module example.com/shop

go 1.26

// +heroku goVersion go1.25
