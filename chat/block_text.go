package chat

import "strings"

// Text is what a message says in plain text: its words or, where it has none, those of its
// blocks. It is for whatever cannot show blocks: mails, channels, transcripts, search.
func (m Message) Text() string {
	if m.Msg != "" || m.Blocks == nil {
		return m.Msg
	}
	var all lines
	for _, b := range m.Blocks {
		all.block(b)
	}
	return strings.Join(all, "\n")
}

// lines are what blocks say, in their order; a picture and a link with their addresses.
// linesOf in web/shared/src/uikit.ts reads them the same way (testdata/blocks.json).
type lines []string

func (l *lines) block(b Block) {
	l.texts(b.Title, b.Label, b.Text)
	if b.Type == "image" {
		l.leading(b.AltText, b.ImageURL)
	}
	l.texts(b.Fields...)
	for _, one := range []*BlockElement{b.Accessory, b.Element} {
		if one != nil {
			l.element(*one)
		}
	}
	for _, one := range b.Elements {
		l.element(one)
	}
	l.texts(b.Hint)
}

func (l *lines) element(e BlockElement) {
	switch e.Type {
	case "image":
		l.leading(e.AltText, e.ImageURL)
	case "button":
		l.leading(textOf(e.Text), e.URL)
	default:
		l.texts(e.Text, e.Placeholder, e.InitialDate)
		l.options(e.Options)
	}
}

func (l *lines) options(all []BlockOption) {
	var names []string
	for _, o := range all {
		names = append(names, textOf(o.Text))
	}
	l.texts(strings.Join(names, " · "))
}

// leading adds words that lead somewhere, or only stand there.
func (l *lines) leading(words, address string) {
	if address != "" {
		words += ": " + address
	}
	l.texts(words)
}

// texts adds those that are there.
func (l *lines) texts(values ...any) {
	for _, v := range values {
		if text := textOf(v); text != "" {
			*l = append(*l, text)
		}
	}
}

// textOf is a text of a block, which is a string or an object with one; "" is none.
func textOf(value any) string {
	if object, ok := value.(map[string]any); ok {
		value = object["text"]
	}
	text, _ := value.(string)
	return text
}
