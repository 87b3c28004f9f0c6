// Package app puts the house together: it knows every feature, ties who decides
// for whom, reads the configuration, and starts and drains the server. It holds
// no rule about chats; deleting a feature is deleting its folder and its lines
// in features.go.
package app

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/foyerchat/foyer/platform/rest"
)

// Storage says where the data are; every command has it.
type Storage struct {
	Data     string `default:"./foyer-data" env:"FOYER_DATA" type:"path" help:"Folder for the embedded database and files."`
	Database string `env:"FOYER_DATABASE" placeholder:"URL" help:"postgres://… for PostgreSQL; empty: SQLite in the data folder."`
}

// Admin is the administrator made at the first start, when there are no users.
type Admin struct {
	Username string `env:"FOYER_ADMIN_USERNAME" placeholder:"NAME" help:"First start: make this administrator instead of printing a set-up link."`
	Password string `env:"FOYER_ADMIN_PASSWORD" placeholder:"PASSWORD" help:"First start: his password; better given as FOYER_ADMIN_PASSWORD."`
	Email    string `env:"FOYER_ADMIN_EMAIL" placeholder:"ADDRESS" help:"First start: his e-mail address."`
	Name     string `env:"FOYER_ADMIN_NAME" placeholder:"NAME" help:"First start: his display name."`
	ID       string `env:"FOYER_ADMIN_ID" placeholder:"ID" help:"First start: his id; made when empty."`
}

// Config is everything that must be known before the database opens.
type Config struct {
	Storage
	Listen               string   `default:"127.0.0.1:8080" env:"FOYER_LISTEN" placeholder:"HOST:PORT" help:"Address to listen on (${default})."`
	MetricsListen        string   `env:"FOYER_METRICS_LISTEN" placeholder:"HOST:PORT" help:"Address for /metrics (Prometheus); empty: none."`
	Redis                string   `env:"FOYER_REDIS" placeholder:"URL" help:"redis://host:port to run several nodes; empty: this is the only one."`
	Files                string   `env:"FOYER_FILES" placeholder:"URL" help:"https://key:secret@host/bucket of an S3-compatible store for files; empty: the data folder."`
	RootURL              string   `name:"root-url" env:"FOYER_ROOT_URL" placeholder:"URL" help:"Public address of this server, such as https://chat.example.org."`
	TrustedProxies       []string `env:"FOYER_TRUSTED_PROXIES" placeholder:"NETWORK" help:"Addresses or networks whose X-Forwarded headers are believed."`
	AllowPrivateOutbound bool     `env:"FOYER_ALLOW_PRIVATE_OUTBOUND" help:"Let outgoing requests reach private addresses."`
	RateLimits           string   `default:"on" enum:"on,off" env:"FOYER_RATE_LIMITS" help:"Limit how often one address may ask: on or off."`
	LogLevel             string   `default:"info" enum:"debug,info,warn,error" env:"FOYER_LOG_LEVEL" help:"debug, info, warn or error."`
	LogFormat            string   `default:"text" enum:"text,json" env:"FOYER_LOG_FORMAT" help:"text or json."`
	Demo                 bool     `env:"FOYER_DEMO" help:"For trying out: make a sample administrator and agent and print how to sign in."`
	Admin                Admin    `embed:"" prefix:"admin-" group:"First start"`
}

// url is the database's address.
func (s Storage) url() (string, error) {
	if s.Database != "" {
		return s.Database, nil
	}
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	folder, err := filepath.Abs(s.Data)
	return "sqlite:" + filepath.Join(folder, embedded), err
}

// embedded is the file of the embedded database in the data folder.
const embedded = "foyer.db"

// there is an error where the database is a file that does not exist: who only reads it
// must not make it.
func (s Storage) there() error {
	if s.Database != "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(s.Data, embedded)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return fmt.Errorf("there is no database in %s: --data names another folder, --database another database", s.Data)
}

// check finds what is wrong with the configuration before anything is started.
func (c *Config) check() error {
	if err := c.checkRoot(); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen %q: want host:port", c.Listen)
	}
	if c.Demo && !isLoopback(host) {
		return errors.New("--demo makes accounts whose passwords it prints: it only runs on this machine's own address (--listen 127.0.0.1:8080)")
	}
	if (c.Admin.Username == "") != (c.Admin.Password == "") {
		return errors.New("FOYER_ADMIN_USERNAME and FOYER_ADMIN_PASSWORD belong together")
	}
	if _, err := rest.ParseProxies(c.TrustedProxies...); err != nil {
		return fmt.Errorf("--trusted-proxies: %w", err)
	}
	return nil
}

func (c *Config) checkRoot() error {
	c.RootURL = strings.TrimRight(c.RootURL, "/")
	if c.RootURL == "" {
		return nil
	}
	u, err := url.Parse(c.RootURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("--root-url %q: want http://host or https://host", c.RootURL)
	}
	if u.Path != "" {
		return fmt.Errorf("--root-url %q: a path below the host is not supported", c.RootURL)
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// limited reports whether rate limits are on.
func (c *Config) limited() bool { return c.RateLimits != "off" }
