package mail

import (
	_ "embed"
	"html/template"
	"slices"
	"strings"
	texttemplate "text/template"
)

// Letter is a mail's content before it has a form: it is shown alike in every mail
// of this server, as text and as HTML, in either direction of writing. Everything in
// it is text, whoever wrote it.
type Letter struct {
	Language string // such as "ar"; decides the direction
	Title    string
	Parts    []Part
	Footer   string
}

// Part is one paragraph, table, quotation or link of a letter.
type Part struct {
	Text  string // lines stay lines
	Facts []Fact
	Quote string // what somebody wrote
	Link  *Link
}

// Fact is a line of a table.
type Fact struct{ Label, Value string }

// Link is a button. Only http and https addresses lead anywhere.
type Link struct{ Label, URL string }

var (
	//go:embed letter.html.tmpl
	htmlSource string
	//go:embed letter.text.tmpl
	textSource string

	htmlLetter = template.Must(template.New("html").Parse(htmlSource))
	textLetter = texttemplate.Must(texttemplate.New("text").Parse(textSource))

	leftwards = []string{"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"}
)

// Direction is "rtl" or "ltr", for templates.
func (l *Letter) Direction() string {
	language, _, _ := strings.Cut(l.Language, "-")
	if slices.Contains(leftwards, strings.ToLower(language)) {
		return "rtl"
	}
	return "ltr"
}

// Start is the side on which lines begin, for templates.
func (l *Letter) Start() string {
	if l.Direction() == "rtl" {
		return "right"
	}
	return "left"
}

// Quoted is the quotation as a text mail shows it.
func (p Part) Quoted() string { return "> " + strings.ReplaceAll(p.Quote, "\n", "\n> ") }

// Render makes both forms.
func (l *Letter) Render() (text, html string, err error) {
	clean := l.clean()
	var t, h strings.Builder
	if err := textLetter.Execute(&t, clean); err != nil {
		return "", "", err
	}
	if err := htmlLetter.Execute(&h, clean); err != nil {
		return "", "", err
	}
	return strings.TrimSpace(t.String()) + "\n", h.String(), nil
}

// clean is the letter with one kind of line end and nothing that is no text.
func (l *Letter) clean() *Letter {
	c := *l
	c.Title, c.Footer, c.Parts = plain(l.Title), plain(l.Footer), slices.Clone(l.Parts)
	for i, p := range c.Parts {
		c.Parts[i].Text, c.Parts[i].Quote, c.Parts[i].Facts = plain(p.Text), plain(p.Quote), slices.Clone(p.Facts)
		for j, f := range p.Facts {
			c.Parts[i].Facts[j] = Fact{plain(f.Label), plain(f.Value)}
		}
	}
	return &c
}

func plain(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// Fill puts values into a text that people may have changed: {name} becomes the value
// of name, once; what has no value stays as it is.
func Fill(text string, values map[string]string) string {
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
