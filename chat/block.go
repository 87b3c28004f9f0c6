package chat

import (
	"fmt"
	"net/url"
	"unicode/utf8"

	"github.com/foyerchat/foyer/platform/fault"
)

// Block is a part of a message beside its text, in the form of the compatible API: words,
// pictures, a line between them, and buttons. A button is what the visitor may say at a press,
// or with an address a link. A text is a string or an object {type, text}.
type Block struct {
	Type      string         `json:"type" required:"true" maxLength:"50" doc:"header, section, context, image, divider, actions or input; of others the words are shown."`
	BlockID   string         `json:"blockId,omitempty" maxLength:"100"`
	Text      any            `json:"text,omitempty" doc:"Of a header or section: a string, or {type: plain_text or mrkdwn, text}."`
	Fields    []any          `json:"fields,omitempty" maxItems:"10" doc:"Of a section: texts in two columns."`
	Accessory *BlockElement  `json:"accessory,omitempty" doc:"Of a section: a picture or a button beside it."`
	Elements  []BlockElement `json:"elements,omitempty" maxItems:"20" doc:"Of actions: buttons. Of a context: texts and pictures."`
	Title     any            `json:"title,omitempty" doc:"Of a picture: what stands above it."`
	Label     any            `json:"label,omitempty" doc:"Of an input: what is asked for."`
	Element   *BlockElement  `json:"element,omitempty" doc:"Of an input: where it would be answered; its words are shown."`
	Hint      any            `json:"hint,omitempty" doc:"Of an input: what helps to answer."`
	BlockPicture
}

// BlockElement is a button, a picture or, in a context, a text. Of another, such as a choice
// or a date, the words are shown: it cannot be answered there.
type BlockElement struct {
	Type     string `json:"type" required:"true" maxLength:"50" doc:"button, image, plain_text or mrkdwn; of others, such as static_select, overflow or datepicker, the words are shown."`
	ActionID string `json:"actionId,omitempty" maxLength:"100"`
	Text     any    `json:"text,omitempty"`
	Value    string `json:"value,omitempty" maxLength:"500"`
	URL      string `json:"url,omitempty" maxLength:"2000" pattern:"^https?://" doc:"Makes a button a link."`

	Placeholder any           `json:"placeholder,omitempty" doc:"What a choice, a date or a field asks for."`
	Options     []BlockOption `json:"options,omitempty" maxItems:"100" doc:"Of a choice or a menu."`
	InitialDate string        `json:"initialDate,omitempty" maxLength:"50" doc:"Of a date."`
	BlockPicture
}

// BlockOption is one of a choice.
type BlockOption struct {
	Text        any    `json:"text" required:"true"`
	Value       string `json:"value,omitempty" maxLength:"500"`
	Description any    `json:"description,omitempty"`
}

// BlockPicture is where a picture is, and what it shows for those who do not see it.
type BlockPicture struct {
	ImageURL string `json:"imageUrl,omitempty" maxLength:"2000" pattern:"^https?://"`
	AltText  string `json:"altText,omitempty" maxLength:"500"`
}

// mostWords and mostLabel are the characters of a text, and of what stands on a button.
const (
	mostWords = 3000
	mostLabel = 200
)

var noText = fmt.Sprintf("a text is a string or an object with one, of 1 to %d characters", mostWords)

// CheckBlocks refuses blocks that could not be shown as they are meant.
func CheckBlocks(blocks []Block) error {
	for i, b := range blocks {
		if what := b.amiss(); what != "" {
			return fault.New(fault.Invalid, "error-invalid-blocks", fmt.Sprintf("Block %d: %s", i+1, what)).At(fmt.Sprintf("message.blocks[%d]", i))
		}
	}
	return nil
}

// amiss is what is wrong with a block; "" is nothing.
func (b Block) amiss() string {
	if !areTexts(append([]any{b.Text, b.Title, b.Label, b.Hint}, b.Fields...)...) {
		return noText
	}
	elements := b.Elements
	for _, one := range []*BlockElement{b.Accessory, b.Element} {
		if one != nil {
			elements = append([]BlockElement{*one}, elements...)
		}
	}
	for _, e := range elements {
		if what := e.amiss(); what != "" {
			return what
		}
	}
	if b.Type == "actions" && b.silent() {
		return "actions need something with words"
	}
	return b.BlockPicture.amiss(b.Type)
}

// silent reports whether a block says nothing.
func (b Block) silent() bool {
	var said lines
	said.block(b)
	return len(said) == 0
}

func (e BlockElement) amiss() string {
	switch {
	case e.Type == "button" && !isText(e.Text, mostLabel):
		return fmt.Sprintf("a button needs a text of 1 to %d characters", mostLabel)
	case !areTexts(e.Text, e.Placeholder):
		return noText
	case e.URL != "" && !isAddress(e.URL):
		return "url is no address"
	}
	for _, o := range e.Options {
		if !isText(o.Text, mostLabel) || !areTexts(o.Description) {
			return fmt.Sprintf("an option needs a text of 1 to %d characters", mostLabel)
		}
	}
	return e.BlockPicture.amiss(e.Type)
}

func (p BlockPicture) amiss(kind string) string {
	switch {
	case kind == "image" && (p.ImageURL == "" || p.AltText == ""):
		return "a picture needs imageUrl and altText"
	case p.ImageURL != "" && !isAddress(p.ImageURL):
		return "imageUrl is no address"
	}
	return ""
}

// areTexts reports whether all that is there of them are texts.
func areTexts(values ...any) bool {
	for _, v := range values {
		if v != nil && !isText(v, mostWords) {
			return false
		}
	}
	return true
}

// isText reports whether a value is a text of a block.
func isText(value any, most int) bool {
	text := textOf(value)
	return text != "" && utf8.RuneCountInString(text) <= most
}

// isAddress reports whether a link leads where it seems to: to a host, with nobody's name before it.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && u.User == nil
}
