package mailbox

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Elements whose content nobody reads, and those that begin a line.
var (
	unread = []atom.Atom{atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Svg, atom.Math,
		atom.Textarea, atom.Select, atom.Noembed, atom.Noframes, atom.Xmp}
	lines = []atom.Atom{atom.P, atom.Div, atom.Tr, atom.Table, atom.Ul, atom.Ol, atom.Li, atom.Blockquote, atom.Pre, atom.H1, atom.H2, atom.H3,
		atom.H4, atom.H5, atom.H6, atom.Hr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dd, atom.Dt, atom.Dl}
	paragraphs = []atom.Atom{atom.P, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table}
)

// TextOf is what a person reads of an HTML page; where a link leads stands in brackets
// behind it. Nothing of it is markup any more.
func TextOf(page []byte) string {
	t := writer{}
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return t.String()
		case html.TextToken:
			t.write(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			t.begin(token, token.Type == html.SelfClosingTagToken)
		case html.EndTagToken:
			t.end(z.Token().DataAtom)
		}
	}
}

type writer struct {
	b       strings.Builder
	inside  atom.Atom // an element nobody reads
	depth   int       // of such elements in one another
	quotes  int
	pre     int
	space   bool
	line    int // line breaks that wait
	written bool
	links   []link
}

// link is one that is open, and where its words began.
type link struct {
	to   string
	from int
}

const deepestQuote = 10

func (t *writer) begin(k html.Token, closed bool) {
	a := k.DataAtom
	switch {
	case t.inside != 0:
		if a == t.inside && !closed {
			t.depth++
		}
		return
	case slices.Contains(unread, a) && !closed:
		t.inside, t.depth = a, 1
		return
	case a == atom.Br:
		t.line++
		return
	}
	t.breakFor(a)
	switch a {
	case atom.Li:
		t.put("- ")
	case atom.Td, atom.Th:
		t.space = true
	case atom.Blockquote:
		t.quotes++
	case atom.Pre:
		t.pre++
	case atom.A:
		t.links = append(t.links, link{target(k), t.b.Len()})
	case atom.Img:
		if alt := attribute(k, "alt"); strings.TrimSpace(alt) != "" {
			t.write("[" + alt + "]")
		}
	}
}

func (t *writer) end(a atom.Atom) {
	if t.inside != 0 {
		if a == t.inside {
			if t.depth--; t.depth == 0 {
				t.inside = 0
			}
		}
		return
	}
	switch {
	case a == atom.Blockquote && t.quotes > 0:
		t.quotes--
	case a == atom.Pre && t.pre > 0:
		t.pre--
	case a == atom.A && len(t.links) > 0:
		l := t.links[len(t.links)-1]
		t.links = t.links[:len(t.links)-1]
		t.follow(l)
	}
	t.breakFor(a)
}

// follow says where a link leads unless its words are just that.
func (t *writer) follow(l link) {
	words := strings.TrimSpace(t.b.String()[l.from:])
	if l.to == "" || words == "" || sameLink(words, l.to) {
		return
	}
	t.space = false
	t.write(" [" + l.to + "]")
}

var scheme = regexp.MustCompile(`^(https?://|mailto:|tel:)`)

func sameLink(words, to string) bool {
	bare := func(s string) string {
		return strings.TrimSuffix(scheme.ReplaceAllString(strings.ToLower(s), ""), "/")
	}
	return bare(words) == bare(to)
}

func (t *writer) breakFor(a atom.Atom) {
	switch {
	case slices.Contains(paragraphs, a):
		t.line = max(t.line, 2)
	case slices.Contains(lines, a):
		t.line = max(t.line, 1)
	}
}

func (t *writer) write(s string) {
	if t.inside != 0 {
		return
	}
	if t.pre > 0 {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				t.line++
			}
			if line != "" {
				t.put(line)
			}
		}
		return
	}
	words := strings.Fields(s)
	if len(words) == 0 {
		t.space = t.space || s != ""
		return
	}
	if t.space || strings.TrimLeft(s, " \t\r\n") != s {
		t.space = true
	}
	t.put(strings.Join(words, " "))
	t.space = strings.TrimRight(s, " \t\r\n") != s
}

// put writes words after the line breaks and the space that wait.
func (t *writer) put(words string) {
	switch {
	case t.line > 0 && t.written:
		for range min(t.line, 2) {
			t.b.WriteString("\n")
			t.b.WriteString(strings.Repeat("> ", min(t.quotes, deepestQuote)))
		}
	case !t.written:
		t.b.WriteString(strings.Repeat("> ", min(t.quotes, deepestQuote)))
	case t.space:
		t.b.WriteString(" ")
	}
	t.line, t.space, t.written = 0, false, true
	t.b.WriteString(words)
}

// String is the text, without spaces at the ends of its lines.
func (t *writer) String() string {
	all := strings.Split(t.b.String(), "\n")
	for i := range all {
		all[i] = strings.TrimRight(all[i], " \t")
	}
	return strings.Join(all, "\n")
}

const longestTarget = 500

// target is where a link leads, if a person may follow it.
func target(k html.Token) string {
	to := strings.TrimSpace(attribute(k, "href"))
	u, err := url.Parse(to)
	if err != nil || len(to) > longestTarget || !slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(u.Scheme)) {
		return ""
	}
	return to
}

func attribute(k html.Token, name string) string {
	for _, a := range k.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
