package db

import "strconv"

// positional is a statement for SQLite whose values $1, $2, … stand in their order, each
// once, with ? in their places; others stay as they are. The driver asks for the name of
// every value that has one, and the engine finds it by going through all names: that is
// most of the time of a statement with hundreds of values.
func positional(text string) string {
	out, next, from, quoted := make([]byte, 0, len(text)), 1, 0, false
	for i := 0; i < len(text); i++ {
		if text[i] == '\'' {
			quoted = !quoted
		}
		if text[i] != '$' {
			continue
		}
		number := strconv.Itoa(next)
		end := i + 1 + len(number)
		if quoted || end > len(text) || text[i+1:end] != number || end < len(text) && isDigit(text[end]) {
			return text
		}
		out = append(append(out, text[from:i]...), '?')
		next, from = next+1, end
	}
	return string(append(out, text[from:]...))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
