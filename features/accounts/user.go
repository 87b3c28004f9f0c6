package accounts

import (
	"context"
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// NewUser is what Create needs. An empty ID is made, no roles are role user, an
// empty Email is none, an empty Digest is nobody who can sign in.
type NewUser struct {
	ID         chat.UserID
	Username   string
	Name       string
	Email      string
	Verified   bool
	Digest     Digest
	Roles      []string
	StatusText string
	Inactive   bool
}

var (
	usernameForm = regexp.MustCompile(`^[0-9a-zA-Z_.-]{1,100}$`)
	userIDForm   = regexp.MustCompile(`^[0-9a-zA-Z_.-]{1,64}$`)
)

// Create makes a user.
func (s *Service) Create(ctx context.Context, n NewUser) (chat.User, error) {
	hash, err := s.prepare(ctx, &n)
	if err != nil {
		return chat.User{}, err
	}
	var u chat.User
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		u, err = s.create(ctx, tx, n, hash)
		return err
	})
	return u, err
}

// prepare checks and completes the request and hashes the password, outside of any transaction.
func (s *Service) prepare(ctx context.Context, n *NewUser) (hash string, err error) {
	if err := n.check(); err != nil {
		return "", err
	}
	if n.ID == "" {
		n.ID = chat.UserID(id.New())
	}
	if len(n.Roles) == 0 {
		n.Roles = []string{chat.RoleUser}
	}
	if n.Name == "" {
		n.Name = n.Username
	}
	if n.Digest == "" {
		return "", nil
	}
	return s.hasher.hash(ctx, n.Digest)
}

func (n *NewUser) check() error {
	n.Email, n.Name = strings.ToLower(strings.TrimSpace(n.Email)), strings.TrimSpace(n.Name)
	switch {
	case !usernameForm.MatchString(n.Username):
		return fault.New(fault.Invalid, "error-invalid-username", "A username has letters, digits, dots, dashes and underscores").At("username")
	case n.ID != "" && !userIDForm.MatchString(string(n.ID)):
		return fault.New(fault.Invalid, "error-invalid-user", "An id has letters, digits, dots, dashes and underscores").At("_id")
	case n.Email != "" && !isAddress(n.Email):
		return fault.New(fault.Invalid, "error-invalid-email", "Invalid email "+n.Email).At("email")
	}
	for _, role := range n.Roles {
		if !chat.IsRole(role) {
			return fault.New(fault.Invalid, "error-invalid-role", "Invalid role").At("roles")
		}
	}
	return nil
}

func isAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= 254 && !strings.ContainsAny(text, " \t\r\n\"")
}

func (s *Service) create(ctx context.Context, tx *db.Tx, n NewUser, hash string) (chat.User, error) {
	kind := "user"
	if slices.Contains(n.Roles, chat.RoleBot) {
		kind = "bot"
	}
	fresh, err := insertUser(ctx, tx, chat.User{ID: n.ID, Username: n.Username, Name: n.Name, Type: kind,
		Active: !n.Inactive, StatusText: n.StatusText}, hash)
	if err != nil || !fresh {
		return chat.User{}, taken(err, n.Username, "username")
	}
	if n.Email != "" {
		if fresh, err = insertEmail(ctx, tx, n.ID, chat.UserEmail{Address: n.Email, Verified: n.Verified}, 0); err != nil || !fresh {
			return chat.User{}, taken(err, n.Email, "email")
		}
	}
	for _, role := range n.Roles {
		if _, err := insertRole(ctx, tx, n.ID, role); err != nil {
			return chat.User{}, err
		}
	}
	if slices.Contains(n.Roles, chat.RoleAgent) {
		if err := s.Agents.RoleGiven(ctx, tx, n.ID); err != nil {
			return chat.User{}, err
		}
	}
	return findUser(ctx, tx, tx.Now(), n.ID)
}

func taken(err error, value, field string) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Invalid, "error-field-unavailable", value+" is already in use :(").At(field)
}

// Delete removes a user; the last administrator and the system user stay.
func (s *Service) Delete(ctx context.Context, id chat.UserID) error {
	return s.change(ctx, id, func(tx *db.Tx, u chat.User) error {
		if err := mayGo(ctx, tx, u); err != nil {
			return err
		}
		if u.HasRole(chat.RoleAgent) {
			if err := s.Agents.ActiveSet(ctx, tx, id, false); err != nil {
				return err
			}
		}
		if err := deleteUser(ctx, tx, id); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.SessionRevoked{User: id})
	})
}

// SetActive deactivates a user, which ends his sessions, or activates him again.
func (s *Service) SetActive(ctx context.Context, id chat.UserID, active bool) error {
	return s.change(ctx, id, func(tx *db.Tx, u chat.User) error {
		if u.Active == active {
			return nil
		}
		if !active {
			if err := mayGo(ctx, tx, u); err != nil {
				return err
			}
		}
		if err := updateActive(ctx, tx, id, active); err != nil {
			return err
		}
		if !active {
			if err := s.revokeAll(ctx, tx, id); err != nil {
				return err
			}
		}
		if u.HasRole(chat.RoleAgent) {
			return s.Agents.ActiveSet(ctx, tx, id, active)
		}
		return nil
	})
}

func mayGo(ctx context.Context, tx *db.Tx, u chat.User) error {
	if u.ID == chat.SystemUserID {
		return fault.New(fault.Invalid, "error-action-not-allowed", "The system user stays")
	}
	if !u.HasRole(chat.RoleAdmin) || !u.Active {
		return nil
	}
	return keepAnAdmin(ctx, tx, u.ID)
}

// change runs fn on an existing user and forgets what was remembered of him.
func (s *Service) change(ctx context.Context, id chat.UserID, fn func(*db.Tx, chat.User) error) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		s.cache.distrust(id, tx.Now().Add(freshness))
		u, err := findUser(ctx, tx, tx.Now(), id)
		if err != nil {
			return notFound(err)
		}
		return fn(tx, u)
	})
	s.ForgetUser(id)
	return err
}

// SetPassword gives a user a new password and ends all his sessions.
func (s *Service) SetPassword(ctx context.Context, id chat.UserID, d Digest) error {
	hash, err := s.hasher.hash(ctx, d)
	if err != nil {
		return err
	}
	return s.change(ctx, id, func(tx *db.Tx, u chat.User) error {
		if u.ID == chat.SystemUserID {
			return fault.New(fault.Invalid, "error-action-not-allowed", "The system user does not sign in")
		}
		if err := updatePassword(ctx, tx, id, hash); err != nil {
			return err
		}
		return s.revokeAll(ctx, tx, id)
	})
}

// StatusChoice is what a user shows; empty and nil leave it as it is.
type StatusChoice struct {
	Status  chat.Presence
	Text    *string
	Session chat.SessionID // in which he chose it himself
}

// SetStatus sets what a user shows, and his line of text.
func (s *Service) SetStatus(ctx context.Context, id chat.UserID, c StatusChoice) error {
	return s.change(ctx, id, func(tx *db.Tx, u chat.User) error {
		next, line := c.Status, u.StatusText
		if next == "" {
			next, c.Session = u.StatusDefault, ""
		}
		if c.Text != nil {
			line = *c.Text
		}
		if err := updateStatus(ctx, tx, id, next, line); err != nil {
			return err
		}
		return s.Agents.StatusChosen(ctx, tx, id, c.Session)
	})
}

// SetPreferences merges preferences into those the user has; language also becomes his own.
func (s *Service) SetPreferences(ctx context.Context, id chat.UserID, preferences map[string]any) (chat.User, error) {
	var changed chat.User
	err := s.change(ctx, id, func(tx *db.Tx, u chat.User) error {
		for key, value := range preferences {
			u.Settings.Preferences[key] = value
		}
		if len(u.Settings.Preferences) > 200 {
			return fault.New(fault.Invalid, "invalid-params", "too many preferences").At("data")
		}
		if language, ok := preferences["language"].(string); ok {
			u.Language = language
		}
		changed = u
		return updatePreferences(ctx, tx, u)
	})
	return changed, err
}
