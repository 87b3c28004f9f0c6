package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/accounts"
	"github.com/foyerchat/foyer/platform/id"
)

// demoPerson is a sample person whose password stands in a file beside the
// database, so that every start can print it. Only for trying out.
type demoPerson struct {
	username, name, role, does string
}

var demoPeople = []demoPerson{
	{"demo-agent", "Alex", chat.RoleAgent, "answers chats"},
	{"demo-admin", "Robin", chat.RoleAdmin, "administers"},
}

// demo makes the sample people and prints the three things a newcomer needs.
func (a *App) demo(ctx context.Context) error {
	file := filepath.Join(a.config.Data, "demo.json")
	passwords, err := readDemo(file)
	if err != nil {
		return err
	}
	first := len(passwords) == 0
	for _, p := range demoPeople {
		if err := a.demoPerson(ctx, p, passwords); err != nil {
			return err
		}
	}
	if first {
		if err := a.features.accounts.GrantAgents(ctx); err != nil {
			return err
		}
	}
	if err := writeDemo(file, passwords); err != nil {
		return err
	}
	out := a.options.Out
	fmt.Fprintf(out, "\n  Shop      %s/demo\n  Console   %s/console/\n", a.address(), a.address())
	for i, p := range demoPeople {
		label := "Sign in"
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(out, "  %-9s %s / %s   (%s)\n", label, p.username, passwords[p.username], p.does)
	}
	fmt.Fprint(out, "\n  Sign in to the console as demo-agent in one window, open the shop in another and say hello.\n\n")
	return nil
}

const demoUnknown = "(the password you gave it)"

func (a *App) demoPerson(ctx context.Context, p demoPerson, passwords map[string]string) error {
	_, err := a.features.accounts.FindByUsername(ctx, p.username)
	if err == nil {
		if passwords[p.username] == "" {
			passwords[p.username] = demoUnknown
		}
		return nil
	}
	if !accounts.IsUnknown(err) {
		return err
	}
	passwords[p.username] = id.Secret()[:12]
	_, err = a.features.accounts.Create(ctx, accounts.NewUser{Username: p.username, Name: p.name, Roles: []string{p.role},
		Email: p.username + "@example.com", Digest: accounts.DigestOf(passwords[p.username])})
	return err
}

func readDemo(file string) (map[string]string, error) {
	passwords := map[string]string{}
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return passwords, nil
	}
	if err != nil {
		return nil, err
	}
	return passwords, json.Unmarshal(content, &passwords)
}

func writeDemo(file string, passwords map[string]string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	content, err := json.MarshalIndent(passwords, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(content, '\n'), 0o600)
}
