package main

import (
	"net/http"
	"os"
)

func main() {
	_ = os.Getenv("DATABASE_URL")
	_ = os.Getenv("REDIS_URL")
	http.ListenAndServe(":"+os.Getenv("PORT"), nil)
}
