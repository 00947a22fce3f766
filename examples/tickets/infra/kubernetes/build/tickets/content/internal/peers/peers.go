// Package peers calls the other services. It reads PEOPLE_URL, WEB_URL and CALL_TOKEN.
package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func call(ctx context.Context, method, address string, body []byte) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("CALL_TOKEN"))
	return client.Do(request)
}

// Name returns the name of a person. It is empty if there is no such person.
func Name(ctx context.Context, person string) (string, error) {
	answer, err := call(ctx, http.MethodGet, os.Getenv("PEOPLE_URL")+"/people/"+url.PathEscape(person), nil)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return "", nil
	default:
		return "", fmt.Errorf("people answered %s", answer.Status)
	}
	var found struct {
		Name string `json:"name"`
	}
	return found.Name, json.NewDecoder(answer.Body).Decode(&found)
}

// Report tells web what happened to a ticket.
func Report(ctx context.Context, ticket int, change string) error {
	body, err := json.Marshal(map[string]any{"ticket": ticket, "change": change})
	if err != nil {
		return err
	}
	answer, err := call(ctx, http.MethodPost, os.Getenv("WEB_URL")+"/changes", body)
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode >= 400 {
		return fmt.Errorf("web answered %s", answer.Status)
	}
	return nil
}
