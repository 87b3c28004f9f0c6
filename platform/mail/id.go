package mail

import "strings"

// ID is a mail's or a thread's identity, made of words that lead back to what it is
// about: ID("room", rid) names a conversation's thread, ID("message", mid, "room", rid)
// a mail about one of its messages. With the sender's host it is a Message-ID, so
// that an answer, which quotes it, finds its way.
func ID(words ...string) string {
	safe := make([]string, len(words))
	for i, w := range words {
		safe[i] = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
				return r
			}
			return -1
		}, w)
	}
	return strings.Join(safe, ".")
}

// Words are what ID was given, read from a Message-ID; nil if it is none of ours.
func Words(messageID, host string) []string {
	local, ok := strings.CutSuffix(strings.Trim(strings.TrimSpace(messageID), "<>"), "@"+host)
	if !ok || local == "" || strings.ContainsAny(local, "<>@ ") {
		return nil
	}
	return strings.Split(local, ".")
}

// bracketed is an ID as a header has it.
func bracketed(id, host string) string { return "<" + id + "@" + host + ">" }
