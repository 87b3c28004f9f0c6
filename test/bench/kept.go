package main

import (
	"cmp"
	"database/sql"
	"errors"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

var (
	keep    = flag.String("keep", "", "a folder where the data sets of search and analytics stay, for the next run with the same PostgreSQL")
	engines = flag.String("engines", "SQLite,PostgreSQL", "what the queue, search and analytics are measured on")
)

// address is where an empty database of the engine is; empty for SQLite: in the folder.
func address(engine, name string) (string, error) {
	if engine == "SQLite" {
		return "", nil
	}
	admin, err := sql.Open("pgx", os.Getenv("FOYER_TEST_POSTGRES"))
	if err != nil {
		return "", err
	}
	defer admin.Close()
	_, err = admin.Exec("CREATE DATABASE " + name)
	if known := (*pgconn.PgError)(nil); *keep != "" && errors.As(err, &known) && known.Code == "42P04" {
		err = nil // duplicate_database
	}
	if err != nil {
		return "", err
	}
	u, err := url.Parse(os.Getenv("FOYER_TEST_POSTGRES"))
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// onEach measures on each engine, in a folder of its own that may be kept.
func onEach(folder, name string, measure func(engine, folder string) error) error {
	for _, engine := range strings.Split(*engines, ",") {
		own := filepath.Join(cmp.Or(*keep, folder), name+"-"+engine)
		if err := os.MkdirAll(own, 0o700); err != nil {
			return err
		}
		if err := measure(engine, own); err != nil {
			return err
		}
	}
	return nil
}

// once makes a data set, unless the folder says that it is there, and says when it was made.
func once(folder string, fill func() error) (time.Time, error) {
	mark := filepath.Join(folder, "filled")
	if info, err := os.Stat(mark); err == nil {
		return info.ModTime(), nil
	}
	if err := fill(); err != nil {
		return time.Time{}, err
	}
	return time.Now(), os.WriteFile(mark, nil, 0o600)
}
