// Package people plays the persons of a conversation over the public wire, as the
// tests' stories, the chaos runner and the benchmark need them: visitors with our
// widget's secret and agents with a token. It knows the server's address and
// nothing of its inside.
package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Server is where the people go.
type Server struct {
	URL  string // "http://127.0.0.1:8080", no slash at the end
	HTTP *http.Client
}

// Refused is an answer other than 200.
type Refused struct {
	Status int
	Body   string
}

func (r *Refused) Error() string { return fmt.Sprintf("status %d: %s", r.Status, r.Body) }

// call sends body as JSON (nil: none) and decodes the answer into answer (nil: dropped).
// An answer other than 200 is a *Refused; anything else means that the outcome is unknown.
func (s *Server) call(ctx context.Context, method, path string, headers map[string]string, body, answer any) error {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, s.URL+path, reader)
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := s.HTTP.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return &Refused{Status: response.StatusCode, Body: string(text)}
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}
