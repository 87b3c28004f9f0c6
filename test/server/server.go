// Package server runs the real binary as a child process for tests that kill it,
// restart it or measure it.
package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/foyerchat/foyer/test/people"
)

// The administrator every server of the tests has.
const (
	AdminUsername = "boss"
	AdminPassword = "Boss-password-1"
)

// Options say how the server is run.
type Options struct {
	Binary   string   // the foyer command
	Folder   string   // its data and its log
	Database string   // empty: SQLite in the folder
	Redis    string   // empty: single node
	Flags    []string // further flags of serve
}

// Server is a foyer process that can be killed and started again on the same
// address with the same data.
type Server struct {
	people.Server
	options Options
	listen  string
	command *exec.Cmd
	exited  chan error
}

var build = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "foyer-binary")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(folder, "foyer")
	command := exec.Command("go", "build", "-o", binary, "github.com/foyerchat/foyer/cmd/foyer")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return binary, nil
})

// Build compiles the command once per process and returns its path.
func Build() (string, error) { return build() }

// New prepares a server on a free port; Start runs it.
func New(o Options) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := listener.Addr().String()
	listener.Close()
	s := &Server{options: o, listen: address}
	s.URL = "http://" + address
	s.HTTP = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	return s, nil
}

func (s *Server) flags() []string {
	flags := []string{"--data", filepath.Join(s.options.Folder, "data")}
	if s.options.Database != "" {
		flags = append(flags, "--database", s.options.Database)
	}
	return flags
}

func (s *Server) environment() []string {
	return append(os.Environ(), "FOYER_ADMIN_USERNAME="+AdminUsername, "FOYER_ADMIN_PASSWORD="+AdminPassword,
		"FOYER_ADMIN_EMAIL=boss@example.com", "FOYER_ADMIN_NAME=Boss")
}

// Run runs another command of the binary on the same data and returns what it printed.
func (s *Server) Run(args ...string) (string, error) {
	command := exec.Command(s.options.Binary, append(args, s.flags()...)...)
	command.Env = s.environment()
	out, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("foyer %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// Start starts the process and waits until it is ready.
func (s *Server) Start(ctx context.Context) error {
	log, err := os.OpenFile(filepath.Join(s.options.Folder, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	args := append([]string{"serve", "--listen", s.listen, "--rate-limits", "off"}, s.flags()...)
	if s.options.Redis != "" {
		args = append(args, "--redis", s.options.Redis)
	}
	s.command = exec.Command(s.options.Binary, append(args, s.options.Flags...)...)
	s.command.Env = s.environment()
	s.command.Stdout, s.command.Stderr = log, log
	if err := s.command.Start(); err != nil {
		return err
	}
	s.exited = make(chan error, 1)
	go func(c *exec.Cmd, exited chan error) { exited <- c.Wait() }(s.command, s.exited)
	return s.ready(ctx)
}

func (s *Server) ready(ctx context.Context) error {
	for {
		response, err := s.HTTP.Get(s.URL + "/health/ready")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-s.exited:
			return fmt.Errorf("the server ended before it was ready: %w\n%s", err, s.Log())
		case <-ctx.Done():
			return fmt.Errorf("the server did not get ready: %w\n%s", ctx.Err(), s.Log())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// PID is the process's number.
func (s *Server) PID() int { return s.command.Process.Pid }

// Kill ends the process as a power cut would (SIGKILL); os.ErrProcessDone: it had ended.
func (s *Server) Kill() error {
	if s.command == nil || s.command.Process == nil {
		return os.ErrProcessDone
	}
	err := s.command.Process.Kill()
	if !errors.Is(err, os.ErrProcessDone) {
		<-s.exited
	}
	return err
}

// Stop asks the process to end (SIGTERM) and returns its exit error.
func (s *Server) Stop() error {
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-s.exited:
		return err
	case <-time.After(30 * time.Second):
		return errors.Join(errors.New("the server did not end within 30 s"), s.Kill())
	}
}

// Log is the end of what the process wrote.
func (s *Server) Log() string {
	text, _ := os.ReadFile(filepath.Join(s.options.Folder, "log"))
	return string(text[max(0, len(text)-8000):])
}
