package accounts

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// rights is the table of who may do what, read again when it was changed.
type rights struct {
	changes atomic.Int64 // how often it changed, as far as we heard
	reading sync.Mutex
	table   atomic.Pointer[grants]
}

// changed makes everybody who asks from now on wait for the new table.
func (r *rights) changed() { r.changes.Add(1) }

// now is the present table: never one read before the last change we heard of.
func (r *rights) now(ctx context.Context, q db.Querier) (*grants, error) {
	if g := r.table.Load(); g != nil && g.asOf == r.changes.Load() {
		return g, nil
	}
	r.reading.Lock()
	defer r.reading.Unlock()
	asOf := r.changes.Load()
	if g := r.table.Load(); g != nil && g.asOf == asOf {
		return g, nil
	}
	table, err := listGrants(ctx, q)
	if err != nil {
		return nil, err
	}
	g := newGrants(table, asOf)
	r.table.Store(g)
	return g, nil
}

// ForgetPermissions has the table of permissions read again; every node does on
// PermissionsChanged. It does not block.
func (s *Service) ForgetPermissions() {
	s.rights.changed()
	s.cache.drop(func(known) bool { return true })
}

func (s *Service) permissionsOf(ctx context.Context, roles []string) (map[chat.Permission]bool, error) {
	g, err := s.rights.now(ctx, s.DB)
	if err != nil {
		return nil, err
	}
	return g.of(roles), nil
}

// ForgetUser drops what the process remembers of a user's sessions.
func (s *Service) ForgetUser(id chat.UserID) {
	s.cache.drop(func(k known) bool { return k.actor.User == id })
}

// Permissions is the whole table.
func (s *Service) Permissions(ctx context.Context) ([]chat.Grant, error) {
	g, err := s.rights.now(ctx, s.DB)
	if err != nil {
		return nil, err
	}
	return g.table, nil
}

// UpdatePermissions replaces who holds the given permissions; an unknown
// permission or role refuses the whole request.
func (s *Service) UpdatePermissions(ctx context.Context, updates []chat.Grant) ([]chat.Grant, error) {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, g := range updates {
			if err := replaceGrant(ctx, tx, g); err != nil {
				return err
			}
		}
		return tx.Emit(ctx, chat.PermissionsChanged{})
	})
	if err != nil {
		return nil, err
	}
	s.ForgetPermissions()
	return s.Permissions(ctx)
}

func replaceGrant(ctx context.Context, tx *db.Tx, g chat.Grant) error {
	invalid := fault.New(fault.Invalid, "error-invalid-body-params", "Invalid body params")
	roles := []string{}
	for _, r := range g.Roles {
		if !chat.IsRole(r) {
			return invalid
		}
		if !intersect(roles, []string{r}) {
			roles = append(roles, r)
		}
	}
	found, err := updateGrant(ctx, tx, chat.Grant{ID: g.ID, Roles: roles})
	if err == nil && !found {
		return invalid
	}
	return err
}

// Grant gives a role, in the caller's transaction; having it already is no error.
func (s *Service) Grant(ctx context.Context, tx *db.Tx, id chat.UserID, role string) error {
	if !chat.IsRole(role) {
		return fault.New(fault.Invalid, "error-invalid-role", "Invalid role")
	}
	if _, err := findUser(ctx, tx, tx.Now(), id); err != nil {
		return unknownUser(err)
	}
	changed, err := insertRole(ctx, tx, id, role)
	if err != nil || !changed {
		return err
	}
	return s.rolesChanged(ctx, tx, id)
}

// Revoke takes a role away, in the caller's transaction; the last administrator keeps his.
func (s *Service) Revoke(ctx context.Context, tx *db.Tx, id chat.UserID, role string) error {
	if role == chat.RoleAdmin {
		if err := keepAnAdmin(ctx, tx, id); err != nil {
			return err
		}
	}
	changed, err := deleteRole(ctx, tx, id, role)
	if err != nil || !changed {
		return err
	}
	return s.rolesChanged(ctx, tx, id)
}

// rolesChanged makes this process ask the database about the user from before
// the commit until the event has dropped what was remembered.
func (s *Service) rolesChanged(ctx context.Context, tx *db.Tx, id chat.UserID) error {
	s.cache.distrust(id, tx.Now().Add(freshness))
	return tx.Emit(ctx, chat.PermissionsChanged{User: id})
}

// keepAnAdmin refuses when nobody else is an active administrator. The counter
// makes two such changes wait for each other.
func keepAnAdmin(ctx context.Context, tx *db.Tx, id chat.UserID) error {
	if _, err := tx.Next(ctx, "accounts.admins"); err != nil {
		return err
	}
	others, err := countOtherAdmins(ctx, tx, id)
	if err != nil || others > 0 {
		return err
	}
	return fault.New(fault.Invalid, "error-action-not-allowed", "Leaving the app without an active admin is not allowed")
}

func unknownUser(err error) error {
	if IsUnknown(notFound(err)) {
		return fault.New(fault.Invalid, "error-invalid-user", "Invalid user")
	}
	return err
}
