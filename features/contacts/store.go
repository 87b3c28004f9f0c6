package contacts

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/cases"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `c.id, c.name, c.manager, c.unknown, c.conflicts, c.last_chat_id, c.last_chat_at, c.created_at, c.updated_at`

func scan(r db.Row) (c Contact, err error) {
	var last chat.ChatRef
	err = r.Scan(&c.ID, &c.Name, &c.Manager, &c.Unknown, db.JSON(&c.Conflicts), &last.ID, &last.TS, &c.CreatedAt, &c.UpdatedAt)
	if last.ID != "" {
		c.LastChat = &last
	}
	c.Emails, c.Phones, c.Channels = []string{}, []string{}, []Channel{}
	return c, err
}

func find(ctx context.Context, q db.Querier, id chat.ContactID) (Contact, error) {
	c, err := db.One(ctx, q, scan, `SELECT `+columns+` FROM contacts c WHERE c.id = $1`, id)
	if err != nil {
		return c, err
	}
	whole := []Contact{c}
	err = complete(ctx, q, whole)
	return whole[0], err
}

// piece is a row of what belongs to a contact.
type piece struct {
	of               chat.ContactID
	kind, key, value string
}

func scanPiece(r db.Row) (p piece, err error) { return p, r.Scan(&p.of, &p.kind, &p.key, &p.value) }

// complete reads what belongs to contacts that were read.
func complete(ctx context.Context, q db.Querier, all []Contact) error {
	at, args := map[chat.ContactID]*Contact{}, []any{}
	for i := range all {
		at[all[i].ID] = &all[i]
		args = append(args, all[i].ID)
	}
	in := db.In(len(args), 1)
	pieces, err := db.All(ctx, q, scanPiece, `SELECT contact_id, kind, '', value FROM contact_addresses WHERE contact_id IN (`+in+`) ORDER BY kind, position`, args...)
	if err != nil {
		return err
	}
	values, err := db.All(ctx, q, scanPiece, `SELECT contact_id, 'value', field, value FROM contact_values WHERE contact_id IN (`+in+`)`, args...)
	if err != nil {
		return err
	}
	for _, p := range append(pieces, values...) {
		c := at[p.of]
		switch p.kind {
		case "email":
			c.Emails = append(c.Emails, p.value)
		case "phone":
			c.Phones = append(c.Phones, p.value)
		default:
			if c.Fields == nil {
				c.Fields = map[string]string{}
			}
			c.Fields[p.key] = p.value
		}
	}
	channels, err := db.All(ctx, q, scanChannel, `SELECT contact_id, visitor_id, source_type, source_id, name, details, verified, blocked, field, value, verified_at, last_chat_id, last_chat_at
		FROM contact_channels WHERE contact_id IN (`+in+`) ORDER BY last_chat_at DESC, visitor_id, source_type, source_id`, args...)
	for _, c := range channels {
		at[c.of].Channels = append(at[c.of].Channels, c.Channel)
	}
	return err
}

type ownedChannel struct {
	of chat.ContactID
	Channel
}

func scanChannel(r db.Row) (c ownedChannel, err error) {
	var last chat.ChatRef
	err = r.Scan(&c.of, &c.VisitorID, &c.Visitor.Source.Type, &c.Visitor.Source.ID, &c.Name, db.JSON(&c.Details), &c.Verified, &c.Blocked, &c.Field, &c.Value, &c.At, &last.ID, &last.TS)
	c.Visitor.VisitorID = c.VisitorID
	if last.ID != "" {
		c.LastChat = &last
	}
	return c, err
}

// lock keeps other changes of the contact waiting until the transaction ends.
func lock(ctx context.Context, tx *db.Tx, id chat.ContactID) error {
	_, err := tx.Exec(ctx, `UPDATE contacts SET search = search WHERE id = $1`, id)
	return err
}

// fold makes texts comparable for a search.
func fold(s string) string { return cases.Fold().String(s) }

func searched(c Contact) string {
	return fold(strings.Join(slices.Concat([]string{c.Name}, c.Emails, c.Phones), "\n"))
}

func insert(ctx context.Context, tx *db.Tx, c Contact) error {
	if _, err := tx.Exec(ctx, `INSERT INTO contacts (id, name, search, manager, unknown, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
		c.ID, c.Name, searched(c), c.Manager, c.Unknown, tx.Now()); err != nil {
		return err
	}
	return insertPieces(ctx, tx, c)
}

func insertPieces(ctx context.Context, tx *db.Tx, c Contact) error {
	for kind, list := range map[string][]string{"email": c.Emails, "phone": c.Phones} {
		for i, value := range list {
			if _, err := tx.Exec(ctx, `INSERT INTO contact_addresses (contact_id, kind, position, value) VALUES ($1, $2, $3, $4)`, c.ID, kind, i, value); err != nil {
				return err
			}
		}
	}
	for _, field := range slices.Sorted(maps.Keys(c.Fields)) {
		if _, err := tx.Exec(ctx, `INSERT INTO contact_values (contact_id, field, value, folded) VALUES ($1, $2, $3, $4)`, c.ID, field, c.Fields[field], fold(c.Fields[field])); err != nil {
			return err
		}
	}
	return nil
}

func update(ctx context.Context, tx *db.Tx, c Contact) error {
	var last chat.ChatRef
	if c.LastChat != nil {
		last = *c.LastChat
	}
	if c.Conflicts == nil {
		c.Conflicts = []Conflict{}
	}
	if _, err := tx.Exec(ctx, `UPDATE contacts SET name = $2, search = $3, manager = $4, unknown = $5, conflicts = $6, last_chat_id = $7, last_chat_at = $8,
		created_at = $9, updated_at = $10 WHERE id = $1`, c.ID, c.Name, searched(c), c.Manager, c.Unknown, db.JSON(c.Conflicts), last.ID, last.TS, c.CreatedAt, tx.Now()); err != nil {
		return err
	}
	for _, sql := range []string{`DELETE FROM contact_addresses WHERE contact_id = $1`, `DELETE FROM contact_values WHERE contact_id = $1`} {
		if _, err := tx.Exec(ctx, sql, c.ID); err != nil {
			return err
		}
	}
	return insertPieces(ctx, tx, c)
}

func remove(ctx context.Context, tx *db.Tx, id chat.ContactID) error {
	_, err := tx.Exec(ctx, `DELETE FROM contacts WHERE id = $1`, id)
	return err
}

// removeEmpty removes a contact that has no visitor any more.
func removeEmpty(ctx context.Context, tx *db.Tx, id chat.ContactID) error {
	_, err := tx.Exec(ctx, `DELETE FROM contacts WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM visitors v WHERE v.contact_id = contacts.id)`, id)
	return err
}

// writesNow reports whether one of the contact's rooms is open.
func writesNow(ctx context.Context, q db.Querier, id chat.ContactID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM rooms r JOIN visitors v ON v.id = r.visitor_id WHERE v.contact_id = $1 AND r.open)`, id).Scan(&yes)
	return yes, err
}

func visitorsOf(ctx context.Context, q db.Querier, id chat.ContactID) ([]chat.VisitorID, error) {
	return db.All(ctx, q, func(r db.Row) (v chat.VisitorID, err error) { return v, r.Scan(&v) }, `SELECT id FROM visitors WHERE contact_id = $1 ORDER BY id`, id)
}

// contactOf is a visitor's contact, and his manager.
func contactOf(ctx context.Context, q db.Querier, v chat.VisitorID) (id chat.ContactID, manager chat.AgentID, err error) {
	err = q.QueryRow(ctx, `SELECT contact_id, contact_manager FROM visitors WHERE id = $1 AND contact_id <> ''`, v).Scan(&id, &manager)
	return id, manager, err
}

// described is what a visitor says of himself now.
func described(ctx context.Context, q db.Querier, id chat.VisitorID) (v chat.Visitor, err error) {
	if err = q.QueryRow(ctx, `SELECT name, username, livechat_data FROM visitors WHERE id = $1`, id).Scan(&v.Name, &v.Username, db.JSON(&v.LivechatData)); err != nil {
		return v, err
	}
	if v.VisitorEmails, err = db.All(ctx, q, func(r db.Row) (e chat.Email, err error) { return e, r.Scan(&e.Address) },
		`SELECT address FROM visitor_emails WHERE visitor_id = $1 ORDER BY position`, id); err != nil {
		return v, err
	}
	v.Phone, err = db.All(ctx, q, func(r db.Row) (p chat.Phone, err error) { return p, r.Scan(&p.PhoneNumber) },
		`SELECT number FROM visitor_phones WHERE visitor_id = $1 ORDER BY position`, id)
	return v, err
}

// isAgent reports whether the user is an active agent.
func isAgent(ctx context.Context, q db.Querier, u chat.UserID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = $2 WHERE u.id = $1 AND u.active)`, u, chat.RoleAgent).Scan(&yes)
	return yes, err
}

func clearManager(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	_, err := tx.Exec(ctx, `UPDATE contacts SET manager = '', updated_at = $3 WHERE manager = $1 AND manager <> ''
		AND NOT EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = $1 AND r.role = $2)`, u, chat.RoleAgent, tx.Now())
	return err
}

func dropField(ctx context.Context, tx *db.Tx, f chat.FieldID) error {
	_, err := tx.Exec(ctx, `DELETE FROM contact_values WHERE field = $1 AND NOT EXISTS (SELECT 1 FROM custom_fields WHERE id = $1)`, f)
	return err
}

// isUnknown reports whether nobody has looked at the contact yet; db.ErrNoRows: there is none.
func isUnknown(ctx context.Context, q db.Querier, c chat.ContactID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT unknown FROM contacts WHERE id = $1`, c).Scan(&yes)
	return yes, err
}

// openChannel notes the room as the latest of its channel and contact; true: the
// channel is blocked.
func openChannel(ctx context.Context, tx *db.Tx, contact chat.ContactID, r chat.Room) (blocked bool, err error) {
	name := r.Source.Label
	if name == "" {
		name = r.Source.Type
	}
	err = tx.QueryRow(ctx, `INSERT INTO contact_channels (visitor_id, source_type, source_id, contact_id, name, details, last_chat_id, last_chat_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (visitor_id, source_type, source_id) DO UPDATE SET details = excluded.details,
		last_chat_id = CASE WHEN excluded.last_chat_at >= contact_channels.last_chat_at THEN excluded.last_chat_id ELSE contact_channels.last_chat_id END,
		last_chat_at = CASE WHEN excluded.last_chat_at >= contact_channels.last_chat_at THEN excluded.last_chat_at ELSE contact_channels.last_chat_at END
		RETURNING blocked`,
		r.V.ID, r.Source.Type, r.Source.ID, contact, name, db.JSON(r.Source), r.ID, r.TS).Scan(&blocked)
	if err != nil || blocked {
		return blocked, err
	}
	_, err = tx.Exec(ctx, `UPDATE contacts SET last_chat_id = $2, last_chat_at = $3 WHERE id = $1 AND last_chat_at <= $3`, contact, r.ID, r.TS)
	return false, err
}

// setBlocked finds the contact of the association's visitor and sets the channel,
// if it has such a one.
func setBlocked(ctx context.Context, tx *db.Tx, a Association, blocked bool) (contact chat.ContactID, found bool, err error) {
	if contact, _, err = contactOf(ctx, tx, a.VisitorID); errors.Is(err, db.ErrNoRows) {
		return "", false, nil
	} else if err != nil {
		return "", false, err
	}
	n, err := tx.Exec(ctx, `UPDATE contact_channels SET blocked = $4 WHERE visitor_id = $1 AND source_type = $2 AND source_id = $3`, a.VisitorID, a.Source.Type, a.Source.ID, blocked)
	return contact, n > 0, err
}

func moveChannels(ctx context.Context, tx *db.Tx, from, to chat.ContactID) error {
	_, err := tx.Exec(ctx, `UPDATE contact_channels SET contact_id = $2 WHERE contact_id = $1`, from, to)
	return err
}

func removeChannels(ctx context.Context, tx *db.Tx, v chat.VisitorID) error {
	_, err := tx.Exec(ctx, `DELETE FROM contact_channels WHERE visitor_id = $1`, v)
	return err
}

// forgetRoom takes a room that is no more from where it was the last one.
func forgetRoom(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	if _, err := tx.Exec(ctx, `UPDATE contacts SET last_chat_id = '', last_chat_at = 0 WHERE last_chat_id = $1`, rid); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE contact_channels SET last_chat_id = '', last_chat_at = 0 WHERE last_chat_id = $1`, rid)
	return err
}
