package contacts

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// The bounds of what is kept of a contact.
const (
	maxName      = 255
	maxAddress   = 254
	maxAddresses = 50
)

var (
	address  = regexp.MustCompile(`^[^\s@<>"',;:\\()\[\]]+@[^\s@<>"',;:\\()\[\]]+$`)
	guestish = regexp.MustCompile(`^guest-[0-9]+$`)
)

// written is a contact with a draft over it.
func (s *Service) written(ctx context.Context, tx *db.Tx, c Contact, d Draft) (Contact, error) {
	var err error
	if d.Name != nil {
		if c.Name = line(*d.Name, maxName); c.Name == "" {
			return c, fault.New(fault.Invalid, "error-invalid-name", "A name is needed").At("name")
		}
	}
	if d.Emails != nil {
		if c.Emails, err = emails(*d.Emails); err != nil {
			return c, err
		}
	}
	if d.Phones != nil {
		c.Phones = phones(*d.Phones)
	}
	if d.Manager != nil {
		if err := s.mayManage(ctx, tx, *d.Manager); err != nil {
			return c, err
		}
		c.Manager = *d.Manager
	}
	if d.Fields != nil {
		if c.Fields, err = s.filled(ctx, tx, c.Fields, *d.Fields); err != nil {
			return c, err
		}
	}
	switch {
	case d.Wipe:
		c.Conflicts = []Conflict{}
	case d.Resolves:
		c.Conflicts = unresolved(c.Conflicts, d)
	}
	return c, nil
}

// unresolved are the conflicts about what a draft does not write.
func unresolved(conflicts []Conflict, d Draft) []Conflict {
	return slices.DeleteFunc(slices.Clone(conflicts), func(c Conflict) bool {
		id, custom := strings.CutPrefix(c.Field, "customFields.")
		written := false
		if custom && d.Fields != nil {
			_, written = (*d.Fields)[id]
		}
		return written || c.Field == "name" && d.Name != nil || c.Field == "manager" && d.Manager != nil
	})
}

func (s *Service) mayManage(ctx context.Context, q db.Querier, manager chat.AgentID) error {
	if manager == "" {
		return nil
	}
	agent, err := isAgent(ctx, q, manager)
	if err == nil && !agent {
		err = errManager()
	}
	return err
}

// filled are the stored values with the written ones; one of no field is refused.
func (s *Service) filled(ctx context.Context, q db.Querier, stored, written map[string]string) (map[string]string, error) {
	known, err := s.Fields.Known(ctx, q, chat.ScopeVisitor)
	if err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(written)) {
		if !known[chat.FieldID(key)] {
			return nil, fault.Text(fault.Invalid, "Custom field "+key+" is not allowed")
		}
	}
	next, err := s.Fields.Fill(ctx, q, chat.FieldWrites{Scope: chat.ScopeVisitor, Stored: stored, New: chat.WritesOf(written), Trusted: true})
	if f, ok := fault.Of(err); ok {
		err = fault.Text(fault.Invalid, f.Message)
	}
	return next, err
}

// line makes a text one line of printable characters, cut at most of them.
func line(s string, most int) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if utf8.RuneCountInString(s) > most {
		s = strings.TrimSpace(string([]rune(s)[:most]))
	}
	return s
}

// emails are the addresses without blanks around them, each once whatever its case.
func emails(list []string) ([]string, error) {
	out := []string{}
	for _, e := range list {
		e = strings.TrimSpace(e)
		if len(e) > maxAddress || !address.MatchString(e) {
			return nil, fault.New(fault.Invalid, "error-invalid-email", "Invalid email "+line(e, maxAddress)).At("emails")
		}
		out = with(out, e)
	}
	return out, nil
}

func phones(list []string) []string {
	out := []string{}
	for _, p := range list {
		out = with(out, line(p, 50))
	}
	return out
}

// with adds a value that is not there yet, letter case aside.
func with(list []string, value string) []string {
	if value == "" || len(list) >= maxAddresses || slices.ContainsFunc(list, func(o string) bool { return strings.EqualFold(o, value) }) {
		return list
	}
	return append(list, value)
}

// merged is target after source became part of it (lifecycle 15.3): addresses are
// joined; a value only one has is taken, one both have is target's, and source's is a
// conflict, unless nobody ever looked at target.
func merged(target, source Contact) Contact {
	out := target
	for _, e := range source.Emails {
		out.Emails = with(slices.Clip(out.Emails), e)
	}
	for _, p := range source.Phones {
		out.Phones = with(slices.Clip(out.Phones), p)
	}
	out.Conflicts = slices.Clone(target.Conflicts)
	out.Name = settle(&out, "name", realName(target.Name), realName(source.Name))
	if out.Name == "" {
		out.Name = target.Name
	}
	out.Manager = chat.AgentID(settle(&out, "manager", string(target.Manager), string(source.Manager)))
	out.Fields = maps.Clone(target.Fields)
	if out.Fields == nil {
		out.Fields = map[string]string{}
	}
	for _, id := range slices.Sorted(maps.Keys(source.Fields)) {
		out.Fields[id] = settle(&out, "customFields."+id, target.Fields[id], source.Fields[id])
	}
	for _, c := range source.Conflicts {
		out.note(c)
	}
	if source.LastChat != nil && (out.LastChat == nil || out.LastChat.TS < source.LastChat.TS) {
		out.LastChat = source.LastChat
	}
	out.Unknown = false
	out.CreatedAt = min(out.CreatedAt, source.CreatedAt)
	return out
}

// realName is a name that somebody has, and not one the server made up.
func realName(name string) string {
	if guestish.MatchString(name) {
		return ""
	}
	return name
}

func settle(out *Contact, field, target, source string) string {
	switch {
	case source == "" || target == source:
		return target
	case target == "" || out.Unknown:
		return source
	}
	out.note(Conflict{field, source})
	return target
}

// note adds a conflict that is not there yet.
func (c *Contact) note(new Conflict) {
	if !slices.Contains(c.Conflicts, new) {
		c.Conflicts = append(c.Conflicts, new)
	}
}
