package mailbox

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/foyerchat/foyer/platform/clock"
)

// answering is a server that answers a search with a line of its own; %s is the command's tag.
func answering(t *testing.T, search string) Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "* OK [CAPABILITY IMAP4rev1 ESEARCH] here\r\n")
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			tag, command, _ := strings.Cut(lines.Text(), " ")
			switch {
			case strings.HasPrefix(command, "CAPABILITY"):
				fmt.Fprint(conn, "* CAPABILITY IMAP4rev1 ESEARCH\r\n")
			case strings.HasPrefix(command, "UID SEARCH"):
				fmt.Fprint(conn, strings.ReplaceAll(search, "%s", tag)+"\r\n")
			}
			fmt.Fprint(conn, tag+" OK done\r\n")
		}
	}()
	return Server{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Username: "shop", Password: "x"}
}

func TestWhatAServerNames(t *testing.T) { // webhooks.md 8.2
	for answer, want := range map[string]struct {
		first []uint32
		many  int
		fails bool
	}{
		"* SEARCH":                            {},
		"* SEARCH 7 3 4":                      {[]uint32{3, 4, 7}, 3, false},
		"* SEARCH 0":                          {fails: true},
		"* SEARCH 5 0":                        {fails: true},
		`* ESEARCH (TAG "%s") UID`:            {},
		`* ESEARCH (TAG "%s") UID ALL 2,9:10`: {[]uint32{2, 9, 10}, 3, false},
		`* ESEARCH (TAG "%s") UID ALL 1:4294967295`:     {[]uint32{1, 2, 3}, mostUnseen, false},
		`* ESEARCH (TAG "%s") UID ALL 4294967295`:       {[]uint32{4294967295}, 1, false},
		`* ESEARCH (TAG "%s") UID ALL 1:*`:              {fails: true},
		`* ESEARCH (TAG "%s") UID ALL $`:                {fails: true},
		`* ESEARCH (TAG "%s") ALL 1:4`:                  {fails: true},
		`* ESEARCH (TAG "%s") UID ALL nonsense`:         {fails: true},
		`* ESEARCH (TAG "%s") UID ALL 1:2,4294967290:0`: {fails: true},
	} {
		b, err := NewOpener(Options{AllowPrivate: true}).Open(t.Context(), answering(t, answer))
		if err != nil {
			t.Fatal(err)
		}
		all, err := b.Unseen(clock.Of(time.Unix(1_767_268_800, 0)))
		if len(all) != want.many || (err != nil) != want.fails || cmp.Diff(all[:min(3, len(all))], want.first) != "" {
			t.Errorf("%s: %d, %v", answer, len(all), err)
		}
		b.Close()
	}
}
