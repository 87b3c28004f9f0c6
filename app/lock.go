package app

import (
	"fmt"
	"strings"

	"github.com/gofrs/flock"
)

// lock keeps an embedded database to this server: two would deliver
// everything twice and know nothing of each other's sockets. The lock goes with the process.
func (a *App) lock() error {
	url, err := a.config.url()
	file, ok := strings.CutPrefix(url, "sqlite:")
	if err != nil || !ok {
		return err
	}
	a.locked = flock.New(file + ".lock")
	ok, err = a.locked.TryLock()
	if err == nil && !ok {
		a.locked = nil
		err = fmt.Errorf("another server uses %s: stop it, or give this one a folder of its own (--data)", file)
	}
	return err
}
