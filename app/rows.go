package app

import (
	"context"

	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are all endpoints of the product; they describe, and must not be called.
func Rows() []rest.Endpoint {
	registerWords()
	return tie(ground{version: "generated"}).rows()
}

func (f *features) serverRows() []rest.Endpoint {
	doc := "The version that runs."
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/info", rest.Public, doc, f.info, rest.Tag("server")),
		rest.Row("GET", "/api/info", rest.Public, doc, f.info, rest.Tag("server")),
	}
}

type infoResponse struct {
	Version string `json:"version"`
	Info    struct {
		Version string `json:"version"`
	} `json:"info"`
}

func (f *features) info(context.Context, struct{}) (infoResponse, error) {
	r := infoResponse{Version: f.version}
	r.Info.Version = f.version
	return r, nil
}
