//go:build unix

package db

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

const lockPause = 20 * time.Millisecond

// lockFolder holds an advisory lock on a folder, which leaves no file behind and
// ends with the process.
func lockFolder(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, err
		}
		select {
		case <-clock.System.After(lockPause):
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
		}
	}
}
