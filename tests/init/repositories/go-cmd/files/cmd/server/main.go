package main

import (
	"net/http"
	"os"
)

func main() {
	_ = os.Getenv("AMQP_URL")
	http.ListenAndServe(":"+os.Getenv("PORT"), nil)
}
