package main

import (
	"fmt"
	"os"
	"time"

	"example.org/words"
)

func main() {
	for {
		fmt.Println("worker", words.Vendored, os.Args[1:])
		time.Sleep(10 * time.Second)
	}
}
