module hello

go 1.15

// +heroku goVersion go1.24
