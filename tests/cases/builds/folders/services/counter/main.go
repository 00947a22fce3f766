package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"

	"example.org/counting"
)

func main() {
	folder, err := os.Getwd()
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, counting.Word+" by "+filepath.Base(folder))
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
