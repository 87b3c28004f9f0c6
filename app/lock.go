package app

import (
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lock keeps the data folder of an embedded database to this server: two would deliver
// everything twice and know nothing of each other's sockets. The lock goes with the process.
func (a *App) lock() error {
	if a.config.Database != "" {
		return nil
	}
	if _, err := a.config.url(); err != nil { // makes the folder
		return err
	}
	a.locked = flock.New(filepath.Join(a.config.Data, "serve.lock"))
	ok, err := a.locked.TryLock()
	if err == nil && !ok {
		a.locked = nil
		err = fmt.Errorf("another server uses %s: stop it, or give this one a folder of its own (--data)", a.config.Data)
	}
	return err
}
