// Package scripts tells stories with people as verbs, each on both engines:
//
//	agent bob                  a new agent signs in, is connected and available
//	agent bob gone             closes his console, and his lease runs out (back: opens it again)
//	agent bob unavailable      flips his switch (available: back)
//	agent bob takes ann        takes ann's chat out of the queue
//	agent bob says ann 'text'  writes to ann;  sees ann 'text': his screen shows it
//	agent bob closes ann 'comment'
//	agent bob forwards ann eve 'note'   to an agent, or to a department
//	agent bob holds | resumes | returns ann
//	agent bob serves ann       waits until he does
//	agent bob heard NAME       a push of this name reached his screen
//	visitor ann                comes to the page and registers
//	visitor ann opens | says 'text' | sees 'text' | closes | types
//	visitor ann waits | held   until her chat is in the queue, or on hold
//	visitor ann wants sales    changes the department of her chat
//	department sales bob eve   a department with members
//	room ann                   prints the state of ann's room
//	history ann                prints its messages, a line each
//	setting ID VALUE           the administrator changes a setting (VALUE is JSON)
//	grant PERMISSION ROLE      one role more holds it
//	clock +5m                  time moves
//	restart                    the server stops and starts again
//
// A verb behind "!" must be refused; the refusal goes to stderr.
package scripts

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestStoriesOnSQLite(t *testing.T) { tell(t, false) }

func TestStoriesOnPostgreSQL(t *testing.T) {
	if os.Getenv("FOYER_TEST_POSTGRES") == "" {
		t.Fatal("FOYER_TEST_POSTGRES is not set: run the tests with make test, or under scripts/with-services")
	}
	tell(t, true)
}

func tell(t *testing.T, onPostgres bool) {
	testscript.Run(t, testscript.Params{
		Dir: ".",
		Setup: func(env *testscript.Env) error {
			w, err := newWorld(env.WorkDir, onPostgres)
			if err != nil {
				return err
			}
			env.Values[worldKey{}] = w
			env.Defer(w.end)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"agent": verb((*world).agentVerb), "visitor": verb((*world).visitorVerb),
			"room": verb((*world).roomVerb), "history": verb((*world).historyVerb),
			"department": verb((*world).departmentVerb),
			"setting":    verb((*world).settingVerb), "grant": verb((*world).grantVerb), "clock": verb((*world).clockVerb), "restart": verb((*world).restartVerb),
		},
	})
}

type worldKey struct{}

// verb makes a command of a method: its result is printed, its refusal must be wanted.
func verb(do func(*world, []string) (string, error)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, refused bool, args []string) {
		out, err := do(ts.Value(worldKey{}).(*world), args)
		switch {
		case err == nil && refused:
			ts.Fatalf("this was to be refused, and was not")
		case err != nil && !refused:
			ts.Fatalf("%v", err)
		case err != nil:
			_, _ = ts.Stderr().Write([]byte(err.Error() + "\n"))
		default:
			_, _ = ts.Stdout().Write([]byte(out))
		}
	}
}
