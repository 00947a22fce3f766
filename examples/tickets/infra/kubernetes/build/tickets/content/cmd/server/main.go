// Command server is the API of the tickets.
package main

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"example.org/tickets/internal/peers"
	"example.org/tickets/internal/store"
)

type server struct {
	store *store.Store
}

func (s *server) list(w http.ResponseWriter, r *http.Request) error {
	tickets, err := s.store.Opened(r.Context())
	if err != nil {
		return err
	}
	names := map[string]string{}
	for i, ticket := range tickets {
		name, known := names[ticket.Person]
		if !known {
			if name, err = peers.Name(r.Context(), ticket.Person); err != nil {
				log.Print(err)
			}
			names[ticket.Person] = name
		}
		tickets[i].Name = name
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(tickets)
}

func (s *server) add(w http.ResponseWriter, r *http.Request) error {
	var asked store.Ticket
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 10_000)).Decode(&asked); err != nil || asked.Title == "" {
		http.Error(w, "a ticket has a title and a person", http.StatusBadRequest)
		return nil
	}
	name, err := peers.Name(r.Context(), asked.Person)
	if err != nil {
		return err
	}
	if name == "" {
		http.Error(w, "no such person", http.StatusBadRequest)
		return nil
	}
	id, err := s.store.Add(r.Context(), asked.Title, asked.Person)
	if err != nil {
		return err
	}
	go func() { // web may not answer
		if err := peers.Report(context.Background(), id, "opened for "+name); err != nil {
			log.Print(err)
		}
	}()
	w.WriteHeader(http.StatusCreated)
	return nil
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/healthz" {
		return
	}
	expected := "Bearer " + os.Getenv("CALL_TOKEN")
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte(expected)) != 1 {
		http.Error(w, "not for you", http.StatusForbidden)
		return
	}
	var err error
	switch {
	case r.URL.Path != "/tickets":
		http.NotFound(w, r)
	case r.Method == http.MethodPost:
		err = s.add(w, r)
	default:
		err = s.list(w, r)
	}
	if err != nil {
		log.Print(err)
		http.Error(w, "the tickets cannot be reached", http.StatusServiceUnavailable)
	}
}

func main() {
	opened, err := store.Open(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	log.Print("listening on ", os.Getenv("PORT"))
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), &server{opened}))
}
