package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// IsSVG reports whether a text is a drawing that browsers show as a picture. It may hold
// scripts: whoever sends it sees to it that they do not run.
func IsSVG(text []byte) bool {
	tokens := xml.NewDecoder(bytes.NewReader(text))
	root := ""
	for {
		token, err := tokens.Token()
		switch t := token.(type) {
		case xml.StartElement:
			if root == "" {
				root = t.Name.Space + " " + t.Name.Local
			}
		case xml.Directive: // entities could grow without end
			return false
		}
		if errors.Is(err, io.EOF) {
			return root == "http://www.w3.org/2000/svg svg"
		} else if err != nil {
			return false
		}
	}
}
