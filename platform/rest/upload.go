package rest

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
)

// Upload is the field of a request whose body is a form with one file. Nothing of it
// is read before Receive, so that a handler may refuse who comes before what comes.
type Upload struct{ x *exchange }

// Received is what an Upload brought beside the file's content.
type Received struct {
	Name   string // of the file, as the client calls it; anything
	Size   int64
	Values map[string]string // the form's texts
}

// ErrTooMuch is Receive's error for a file larger than it may be.
var ErrTooMuch = errors.New("the file is larger than allowed")

const (
	mostParts  = 20
	mostText   = 64 << 10 // of one field
	mostBeside = 1 << 20  // of everything but the file
)

// Receive reads the form and writes the file's content, at most most bytes, into
// into. What is wrong with the form is a fault.
func (u Upload) Receive(into io.Writer, most int64) (out Received, err error) {
	defer u.x.received()
	u.x.r.Body = http.MaxBytesReader(u.x.w, &patient{u.x, u.x.r.Body, clock.System.Now()}, most+mostBeside)
	parts, err := u.x.r.MultipartReader()
	if err != nil {
		return out, fault.New(fault.Invalid, "error-invalid-form", "The body must be multipart/form-data")
	}
	out.Values = map[string]string{}
	files := 0
	for range mostParts {
		part, err := parts.NextPart()
		if err == io.EOF {
			return out, oneFile(files)
		} else if err != nil {
			return out, formFault(err)
		}
		if field := u.x.row.fileField(); part.FileName() != "" || part.FormName() == field {
			if files++; files > 1 || part.FormName() != field {
				return out, oneFile(2)
			}
			out.Name = part.FileName()
			out.Size, err = copyAtMost(into, part, most)
		} else {
			err = text(part, out.Values)
		}
		if err != nil {
			return out, err
		}
	}
	return out, fault.New(fault.Invalid, "error-invalid-form", "The form has too many fields")
}

func oneFile(n int) error {
	switch n {
	case 0:
		return fault.New(fault.Invalid, "error-no-file", "File required")
	case 1:
		return nil
	}
	return fault.New(fault.Invalid, "error-one-file", "Just 1 file is allowed")
}

func copyAtMost(into io.Writer, from io.Reader, most int64) (int64, error) {
	n, err := io.Copy(into, io.LimitReader(source{from}, most+1))
	var broken *sourceError
	switch {
	case errors.As(err, &broken):
		return n, formFault(broken.error)
	case err == nil && n > most:
		return n, ErrTooMuch
	}
	return n, err
}

// source marks the errors of the request, which are the client's, from those of the
// place the file is written to.
type source struct{ io.Reader }

type sourceError struct{ error }

func (s source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = &sourceError{err}
	}
	return n, err
}

func text(part *multipart.Part, into map[string]string) error {
	b, err := io.ReadAll(io.LimitReader(part, mostText+1))
	switch {
	case err != nil:
		return formFault(err)
	case len(b) > mostText:
		return tooLarge(mostText)
	}
	into[part.FormName()] = string(b)
	return checkText(string(b))
}

func formFault(err error) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return ErrTooMuch
	}
	return fault.New(fault.Invalid, "error-incomplete-body", "The form did not arrive completely")
}

// How long a body may stand still, and how long it may take at all.
const (
	stillFor    = 30 * time.Second
	wholeWithin = 20 * time.Minute
)

// patient gives a body more time as long as it comes on.
type patient struct {
	x *exchange
	io.ReadCloser
	began clock.Instant
}

func (p *patient) Read(b []byte) (int, error) {
	until := min(clock.System.Now().Add(stillFor), p.began.Add(wholeWithin))
	http.NewResponseController(p.x.w).SetReadDeadline(until.Time()) // best effort: a writer of tests has none
	return p.ReadCloser.Read(b)
}

// received gives the answer the time that the body took from it.
func (x *exchange) received() {
	http.NewResponseController(x.w).SetWriteDeadline(clock.System.Now().Add(2 * stillFor).Time())
}

// fileField is the name of the form's field that is the file.
func (e Endpoint) fileField() string {
	if e.options.fileField != "" {
		return e.options.fileField
	}
	return "file"
}

// form describes the body of a row with an Upload.
func (e Endpoint) form() object {
	properties := object{e.fileField(): object{"type": "string", "format": "binary"}}
	for _, name := range e.options.form {
		properties[name] = object{"type": "string"}
	}
	return object{"type": "object", "required": []string{e.fileField()}, "properties": properties}
}
