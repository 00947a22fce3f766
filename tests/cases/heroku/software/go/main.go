// Says what it was told.
package main

import (
	"io"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, os.Getenv("GREETING")) })
	panic(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
