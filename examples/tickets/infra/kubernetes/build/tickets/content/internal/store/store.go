// Package store keeps the tickets in PostgreSQL.
package store

import (
	"context"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Ticket is something to do, and who does it.
type Ticket struct {
	ID     int    `json:"id"`
	Title  string `json:"title"`
	Person string `json:"person"`
	Name   string `json:"name"`
}

// Store has the tickets.
type Store struct {
	pool *pgxpool.Pool
}

// Open connects to the database that DATABASE_URL names.
func Open(ctx context.Context) (*Store, error) {
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	return &Store{pool}, err
}

// Opened returns the tickets that are open, the newest first.
func (s *Store) Opened(ctx context.Context) ([]Ticket, error) {
	rows, err := s.pool.Query(ctx, "select id, title, person from ticket where closed is null order by id desc limit 100")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tickets := []Ticket{}
	for rows.Next() {
		var ticket Ticket
		if err := rows.Scan(&ticket.ID, &ticket.Title, &ticket.Person); err != nil {
			return nil, err
		}
		tickets = append(tickets, ticket)
	}
	return tickets, rows.Err()
}

// Add opens a ticket, and returns its number.
func (s *Store) Add(ctx context.Context, title, person string) (id int, err error) {
	err = s.pool.QueryRow(ctx, "insert into ticket (title, person) values ($1, $2) returning id", title, person).Scan(&id)
	return id, err
}

// Close closes the tickets that were opened before this time, and returns their numbers.
func (s *Store) Close(ctx context.Context, before time.Time) ([]int, error) {
	rows, err := s.pool.Query(ctx, "update ticket set closed = now() where closed is null and opened < $1 returning id", before)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var closed []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		closed = append(closed, id)
	}
	return closed, rows.Err()
}
