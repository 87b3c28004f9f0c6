package sms

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/url"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// fields are the values of a body by name: of a form, or the texts and numbers of a JSON
// object.
type fields struct {
	json   bool
	values url.Values
}

// parseFields reads a body; of one that is neither there is nothing.
func parseFields(raw rest.Raw) fields {
	kind, _, _ := mime.ParseMediaType(raw.Type)
	if kind == "application/json" || kind == "" && bytes.HasPrefix(bytes.TrimSpace(raw.Body), []byte("{")) {
		return fields{true, objectValues(raw.Body)}
	}
	values, err := url.ParseQuery(string(raw.Body))
	if err != nil {
		values = nil
	}
	return fields{false, values}
}

func objectValues(body []byte) url.Values {
	var object map[string]any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&object) != nil || d.More() {
		return nil
	}
	values := url.Values{}
	for name, v := range object {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, one := range list {
			switch one := one.(type) {
			case string:
				values.Add(name, one)
			case json.Number:
				values.Add(name, one.String())
			}
		}
	}
	return values
}

// get is a value as a database stores it.
func (f fields) get(name string) string { return clean(f.values.Get(name)) }

// has is a value, or nil.
func (f fields) has(name string) *string {
	if !f.values.Has(name) {
		return nil
	}
	v := f.get(name)
	return &v
}

func clean(s string) string { return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "") }

// mostMedia is how many files one text brings.
const mostMedia = 10

// numbered are the files of a body that counts them.
func (f fields) numbered() (all []media) {
	n, _ := strconv.Atoi(f.get("NumMedia"))
	for i := range min(n, mostMedia) {
		if u := f.get("MediaUrl" + strconv.Itoa(i)); u != "" {
			all = append(all, media{u, f.get("MediaContentType" + strconv.Itoa(i))})
		}
	}
	return all
}

// place is where the sender is; nil: unknown, or nowhere on this earth.
func (f fields) place() *chat.Point {
	lat, err1 := strconv.ParseFloat(f.get("Latitude"), 64)
	lon, err2 := strconv.ParseFloat(f.get("Longitude"), 64)
	if err1 != nil || err2 != nil || !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) {
		return nil
	}
	return &chat.Point{Type: "Point", Coordinates: []float64{lon, lat}}
}
