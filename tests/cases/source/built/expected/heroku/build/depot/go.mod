module example.org/depot/v2

go 1.19

require example.org/words v1.0.0

// +heroku install ./cmd/mailer ./cmd/server
