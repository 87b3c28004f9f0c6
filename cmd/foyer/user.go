package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/foyerchat/foyer/app"
)

type user struct {
	Create      userCreate      `cmd:"" help:"Make a user."`
	List        userList        `cmd:"" help:"List all users."`
	SetPassword userSetPassword `cmd:"" help:"Give a user a new password; his sign-ins end."`
}

type userCreate struct {
	app.Storage
	ID       string   `name:"id" help:"Id; made when empty."`
	Username string   `required:"" help:"Name to sign in with."`
	Name     string   `help:"Display name; the username when empty."`
	Email    string   `help:"E-mail address."`
	Role     []string `default:"user" help:"Role, such as admin or livechat-agent; repeatable."`
	Password string   `help:"Password; read from the standard input when absent."`
}

// Run makes the user and prints his id.
func (c *userCreate) Run(ctx context.Context, t terminal) error {
	password, err := t.password(c.Password)
	if err != nil {
		return err
	}
	made, err := app.CreatePerson(ctx, c.Storage, app.Person{ID: c.ID, Username: c.Username, Name: c.Name, Email: c.Email,
		Roles: c.Role, Password: password})
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, made.ID)
	return nil
}

type userList struct{ app.Storage }

// Run prints a table.
func (c *userList) Run(ctx context.Context, t terminal) error {
	people, err := app.ListPeople(ctx, c.Storage)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(t.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tUSERNAME\tNAME\tEMAIL\tROLES\tACTIVE")
	for _, p := range people {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%t\n", p.ID, p.Username, p.Name, p.Email, strings.Join(p.Roles, ","), p.Active)
	}
	return w.Flush()
}

type userSetPassword struct {
	app.Storage
	ID       string `name:"id" xor:"who" required:"" help:"Id of the user."`
	Username string `xor:"who" required:"" help:"Username of the user."`
	Password string `help:"New password; read from the standard input when absent."`
}

// Run changes the password.
func (c *userSetPassword) Run(ctx context.Context, t terminal) error {
	password, err := t.password(c.Password)
	if err != nil {
		return err
	}
	return app.SetPassword(ctx, c.Storage, app.Person{ID: c.ID, Username: c.Username, Password: password})
}

// password is the given one, or a line of the standard input.
func (t terminal) password(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	fmt.Fprint(t.log, "Password: ")
	line, err := bufio.NewReader(t.in).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", errors.Join(errors.New("no password was given"), err)
	}
	return line, nil
}
