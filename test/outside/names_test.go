package outside

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
)

// zone is what a hostile name server says: names that lead inward, at once or later,
// alone or among others.
var zone = map[string][]string{
	"inward.test.": {"127.0.0.1"}, "private.test.": {"10.1.2.3"}, "metadata.test.": {"169.254.169.254"}, "six.test.": {"::1"},
	"mapped.test.": {"::ffff:127.0.0.1"}, "both.test.": {"::1", "127.0.0.1"}, "many.test.": {"10.0.0.1", "127.0.0.1", "192.168.0.1"},
	"later.test.": {"127.0.0.1"},
}

// resolve makes this process ask a name server of the test's own and returns the names
// it knows. One of them changes its mind: it does not exist when asked first.
func resolve(t *testing.T) (names []string) {
	t.Helper()
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var once sync.Map
	go func() {
		buffer := make([]byte, 1500)
		for {
			n, from, err := socket.ReadFrom(buffer)
			if err != nil {
				return
			}
			name, kind, end := question(buffer[:n])
			var all []string
			if _, asked := once.LoadOrStore(name, true); asked || name != "later.test." {
				all = zone[name]
			}
			socket.WriteTo(reply(buffer[:end], kind, all), from)
		}
	}()
	usual := net.DefaultResolver
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", socket.LocalAddr().String())
	}}
	t.Cleanup(func() { net.DefaultResolver = usual; socket.Close() })
	for name := range zone {
		names = append(names, strings.TrimSuffix(name, "."), name)
	}
	return names
}

const (
	kindA    = 1
	kindAAAA = 28
)

// question reads the name that is asked for, in what kind, and where the question ends.
func question(q []byte) (name string, kind uint16, end int) {
	i := 12
	for i < len(q) && q[i] != 0 {
		name += strings.ToLower(string(q[i+1:i+1+int(q[i])])) + "."
		i += 1 + int(q[i])
	}
	return name, binary.BigEndian.Uint16(q[i+1:]), i + 5
}

// reply answers a question with those of the addresses that are of its kind.
func reply(asked []byte, kind uint16, all []string) []byte {
	r := append([]byte(nil), asked...)
	r[2], r[3] = 0x84, 0 // an answer, with authority
	if all == nil {
		r[3] = 3 // no such name
	}
	binary.BigEndian.PutUint16(r[8:], 0)
	binary.BigEndian.PutUint16(r[10:], 0)
	count := uint16(0)
	for _, text := range all {
		a := netip.MustParseAddr(text)
		if a.Is4() != (kind == kindA) || !a.Is4() && kind != kindAAAA {
			continue
		}
		count++
		r = append(r, 0xc0, 12, 0, byte(kind), 0, 1, 0, 0, 0, 0, 0, byte(len(a.AsSlice())))
		r = append(r, a.AsSlice()...)
	}
	binary.BigEndian.PutUint16(r[6:], count)
	return r
}
