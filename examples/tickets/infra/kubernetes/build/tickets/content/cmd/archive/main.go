// Command archive closes old tickets. It reads DAYS, the age in days.
package main

import (
	"context"
	"log"
	"os"
	"strconv"
	"time"

	"example.org/tickets/internal/peers"
	"example.org/tickets/internal/store"
)

func main() {
	days, err := strconv.Atoi(os.Getenv("DAYS"))
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	opened, err := store.Open(ctx)
	if err != nil {
		log.Fatal(err)
	}
	closed, err := opened.Close(ctx, time.Now().AddDate(0, 0, -days))
	if err != nil {
		log.Fatal(err)
	}
	for _, id := range closed {
		if err := peers.Report(ctx, id, "closed"); err != nil {
			log.Print(err)
		}
	}
	log.Printf("closed %d tickets", len(closed))
}
