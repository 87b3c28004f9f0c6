package contacts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// setProof notes what verifies a channel, or with nil that nothing does; false: there is
// no such channel.
func setProof(ctx context.Context, tx *db.Tx, a Association, p *Proof) (bool, error) {
	at, proof := clock.Instant(0), Proof{}
	if p != nil {
		at, proof = tx.Now(), *p
	}
	n, err := tx.Exec(ctx, `UPDATE contact_channels SET verified = $4, verified_at = $5, field = $6, value = $7 WHERE visitor_id = $1 AND source_type = $2 AND source_id = $3`,
		a.VisitorID, a.Source.Type, a.Source.ID, p != nil, at, proof.Field, proof.Value)
	return n > 0, err
}

// isVerified reports whether the channel a room came in by is.
func isVerified(ctx context.Context, q db.Querier, r chat.Room) (verified bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM contact_channels WHERE visitor_id = $1 AND source_type = $2 AND source_id = $3 AND verified)`,
		r.V.ID, r.Source.Type, r.Source.ID).Scan(&verified)
	return verified, err
}

// verifiedBy are the other contacts with a channel of the source that the same verifies.
func verifiedBy(ctx context.Context, q db.Querier, source SourceRef, p Proof, but chat.ContactID) ([]chat.ContactID, error) {
	return db.All(ctx, q, func(r db.Row) (c chat.ContactID, err error) { return c, r.Scan(&c) },
		`SELECT DISTINCT contact_id FROM contact_channels WHERE verified AND field = $1 AND value = $2 AND source_type = $3 AND source_id = $4 AND contact_id <> $5 ORDER BY contact_id`,
		p.Field, p.Value, source.Type, source.ID, but)
}

// channelOfRoom is the channel a room came in by.
func channelOfRoom(ctx context.Context, q db.Querier, rid chat.RoomID) (Association, error) {
	return db.One(ctx, q, func(r db.Row) (a Association, err error) {
		return a, r.Scan(&a.VisitorID, &a.Source.Type, &a.Source.ID)
	},
		`SELECT c.visitor_id, c.source_type, c.source_id FROM rooms r JOIN contact_channels c ON c.visitor_id = r.visitor_id AND c.source_type = r.source_type
			AND c.source_id = r.source_id WHERE r.id = $1`, rid)
}
