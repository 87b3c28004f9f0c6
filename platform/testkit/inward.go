package testkit

// Inward are the ways to name a machine that is none of an administrator's business:
// loopback, private and special networks, metadata services, and their disguises.
// Nothing that leaves may reach any of them (webhooks.md, platform/outbound).
var Inward = []string{
	"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "localhost.", "0.0.0.0", "0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
	"169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
	"224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
	"[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
	"[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]", "[ff02::1]", "[2001:db8::1]", "[2001::1]",
	"[::ffff:0:127.0.0.1]", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "①②⑦.0.0.1", "127。0。0。1",
	"user:pw@127.0.0.1", "example.org@127.0.0.1", "localtest.invalid",
}
