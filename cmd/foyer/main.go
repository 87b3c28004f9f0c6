// Command foyer is the live chat server and its tools.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/foyerchat/foyer/app"
)

// version is set when the binary is built.
var version = "dev"

type commands struct {
	Serve   serve      `cmd:"" help:"Run the server."`
	User    user       `cmd:"" help:"Make and list users, set passwords; with or without a running server."`
	Migrate migrate    `cmd:"" help:"Bring the database up to date, or see whether it is."`
	Backup  backup     `cmd:"" help:"Write a consistent copy of the database, also while the server runs."`
	Restore restore    `cmd:"" help:"Read a backup into a new database of either engine."`
	Replay  replay     `cmd:"" help:"Make stored routing decisions again: the same, or what other settings would have changed."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

func main() { os.Exit(run(os.Args[1:])) }

// run carries out one command line and returns the exit code.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	defer stop()
	var c commands
	parser := kong.Must(&c, kong.Name("foyer"), kong.Description("Foyer, a live chat server."), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 120}))
	command, err := parser.Parse(args)
	parser.FatalIfErrorf(err)
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(terminal{os.Stdin, os.Stdout, os.Stderr}); err != nil {
		fmt.Fprintln(os.Stderr, "foyer:", err)
		return 1
	}
	return 0
}

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader
	out, log io.Writer
}

type serve struct{ app.Config }

// Run serves until the process is asked to stop.
func (s *serve) Run(ctx context.Context, t terminal) error {
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + atTheDisk)
	a, err := app.New(ctx, s.Config, app.Options{Version: version, Log: t.log, Out: t.out})
	if err != nil {
		return err
	}
	return a.Run(ctx)
}

// atTheDisk is how many threads may be waiting for the disk with SQLite: each keeps its
// processor from the rest of the server until the scheduler notices.
const atTheDisk = 2

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(t terminal) error {
	fmt.Fprintln(t.out, "foyer", version)
	return nil
}
