package main

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/foyerchat/foyer/test/people"
)

// The variants in other languages take what is signed and refuse what is not.
func TestVariants(t *testing.T) {
	const secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	for name, start := range map[string]func(t *testing.T, secrets string) (port int){
		"node":    func(t *testing.T, secrets string) int { return listening(t, secrets, "node", "receiver.mjs") },
		"python3": func(t *testing.T, secrets string) int { return listening(t, secrets, "python3", "receiver.py") },
		"php":     served,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(name); err != nil {
				t.Skip(name, "is not installed")
			}
			port := start(t, "whsec_AAAA,whsec_"+secret)
			ask := func(token, body, signed string) (int, string) {
				at := fmt.Sprint(time.Now().Unix())
				key, _ := base64.StdEncoding.DecodeString(secret)
				mac := hmac.New(sha256.New, key)
				fmt.Fprintf(mac, "id-1.%s.%s", at, signed)
				r, _ := http.NewRequest("POST", fmt.Sprintf("http://127.0.0.1:%d/", port), bytes.NewReader([]byte(body)))
				for name, value := range map[string]string{"X-RocketChat-Livechat-Token": token, "X-Livechat-Delivery": "id-1", "webhook-id": "id-1",
					"webhook-timestamp": at, "webhook-signature": "v1,bad v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))} {
					r.Header.Set(name, value)
				}
				client := http.Client{Timeout: 10 * time.Second}
				res, err := client.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				defer res.Body.Close()
				answer, _ := io.ReadAll(res.Body)
				return res.StatusCode, string(answer)
			}
			const body = `{"type":"LivechatSession","_id":"r1","visitor":{"name":"Änne"},"messages":[]}`
			if status, answer := ask("hush", body, body); status != 200 || answer != "known as Änne" {
				t.Error(status, answer)
			}
			if status, _ := ask("hush", body, body+" "); status != 403 {
				t.Error("a changed body:", status)
			}
			if status, _ := ask("wrong", body, body); status != 403 {
				t.Error("a wrong token:", status)
			}
		})
	}
}

// listening runs a variant that chooses its port and says which.
func listening(t *testing.T, secrets, program, file string) (port int) {
	c := exec.Command(program, file, "hush", secrets, "0")
	out, err := c.StdoutPipe()
	if err == nil {
		err = run(t, c)
	}
	if err == nil {
		_, err = fmt.Fscanf(bufio.NewReader(out), "listening %d", &port)
	}
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// served runs the variant in PHP's own server, which has to be told its port.
func served(t *testing.T, secrets string) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().(*net.TCPAddr)
	l.Close()
	c := exec.Command("php", "-S", address.String(), "receiver.php")
	c.Env = append(os.Environ(), "FOYER_TOKEN=hush", "FOYER_SECRET="+secrets, "FOYER_SEEN="+t.TempDir())
	if err := run(t, c); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if one, err := net.Dial("tcp", address.String()); err == nil {
			one.Close()
			return address.Port
		}
		people.Sleep(t.Context(), 10*time.Millisecond)
	}
	t.Fatal("php does not listen")
	return 0
}

func run(t *testing.T, c *exec.Cmd) error {
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	return c.Start()
}
