package testkit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/foyerchat/foyer/platform/rest"
)

// API serves rows and checks every answer against the OpenAPI document made of them:
// what is not promised there must not be said.
func API(t testing.TB, c rest.Config, rows []rest.Endpoint) http.Handler {
	t.Helper()
	return Checked(t, rest.NewAPI(c, rows), documentOf(rows))
}

var documents sync.Map // names of rows → their document, which kits ask for again and again

func documentOf(rows []rest.Endpoint) []byte {
	var names strings.Builder
	for _, r := range rows {
		fmt.Fprintln(&names, r.Name())
	}
	if d, ok := documents.Load(names.String()); ok {
		return d.([]byte)
	}
	d := rest.OpenAPI(rows, "")
	documents.Store(names.String(), d)
	return d
}

// Checked is a handler whose answers are checked against an OpenAPI document.
func Checked(t testing.TB, h http.Handler, document []byte) http.Handler {
	t.Helper()
	d, err := contractOf(document)
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		copied := &copied{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(copied, r)
		if err := d.Check(r.Method, r.URL.Path, copied.status, copied.Header().Get("Content-Type"), copied.body.Bytes()); err != nil {
			t.Errorf("%s %s: %v\n%.1000s", r.Method, r.URL.Path, err, copied.body.Bytes())
		}
	})
}

// copied keeps what is written.
type copied struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (c *copied) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *copied) Write(b []byte) (int, error) {
	c.body.Write(b)
	return c.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer.
func (c *copied) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// Contract is an OpenAPI document that answers can be held against.
type Contract struct {
	paths []promised
}

type promised struct {
	segments []string
	item     *openapi3.PathItem
}

var contracts sync.Map // document → *Contract: kits make the same one again and again

func contractOf(document []byte) (*Contract, error) {
	if d, ok := contracts.Load(string(document)); ok {
		return d.(*Contract), nil
	}
	d, err := NewContract(document)
	if err == nil {
		contracts.Store(string(document), d)
	}
	return d, err
}

// NewContract reads a document.
func NewContract(document []byte) (*Contract, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, err
	}
	c := &Contract{}
	for path, item := range doc.Paths.Map() {
		c.paths = append(c.paths, promised{strings.Split(path, "/"), item})
	}
	return c, nil
}

// Check says what of an answer is not promised; paths that are not in the document
// may answer what they like.
func (c *Contract) Check(method, path string, status int, kind string, body []byte) error {
	operation := c.find(method, path)
	if operation == nil || status == http.StatusInternalServerError {
		return nil // a failure is the test's own business
	}
	answer := operation.Responses.Value(fmt.Sprint(status))
	if answer == nil {
		return fmt.Errorf("status %d is not in the document", status)
	}
	content := answer.Value.Content["application/json"]
	if content == nil || content.Schema == nil || len(body) == 0 || answer.Value.Content["*/*"] != nil {
		return nil
	}
	if kind != "application/json" {
		return fmt.Errorf("Content-Type %q", kind)
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return err
	}
	return brief(content.Schema.Value.VisitJSON(value, openapi3.MultiErrors(), openapi3.VisitAsResponse()))
}

// brief is what is wrong without the schema and the value it repeats.
func brief(err error) error {
	var many openapi3.MultiError
	var one *openapi3.SchemaError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &many):
		all := make([]error, len(many))
		for i, e := range many {
			all[i] = brief(e)
		}
		return errors.Join(all...)
	case errors.As(err, &one) && one.Origin != nil:
		return brief(one.Origin)
	case errors.As(err, &one):
		return fmt.Errorf("/%s: %s", strings.Join(one.JSONPointer(), "/"), one.Reason)
	}
	return err
}

// find prefers the path with the fewest variables.
func (c *Contract) find(method, path string) (found *openapi3.Operation) {
	segments, fewest := strings.Split(path, "/"), len(path)
	for _, p := range c.paths {
		o := p.item.GetOperation(method)
		if variables, fits := p.fits(segments); fits && o != nil && variables < fewest {
			found, fewest = o, variables
		}
	}
	return found
}

func (p promised) fits(segments []string) (variables int, ok bool) {
	if len(segments) != len(p.segments) {
		return 0, false
	}
	for i, s := range p.segments {
		switch {
		case strings.HasPrefix(s, "{"):
			variables++
		case s != segments[i]:
			return 0, false
		}
	}
	return variables, true
}
