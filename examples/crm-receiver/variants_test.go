package main

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"testing"
	"time"
)

// The variants in other languages take what is signed and refuse what is not.
func TestVariants(t *testing.T) {
	const secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	for _, command := range [][]string{{"node", "receiver.mjs"}, {"python3", "receiver.py"}} {
		t.Run(command[0], func(t *testing.T) {
			if _, err := exec.LookPath(command[0]); err != nil {
				t.Skip(command[0], "is not installed")
			}
			c := exec.Command(command[0], command[1], "hush", "whsec_AAAA,whsec_"+secret, "0")
			out, err := c.StdoutPipe()
			if err == nil {
				err = c.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			defer func() { c.Process.Kill(); c.Wait() }()
			var port int
			if _, err := fmt.Fscanf(bufio.NewReader(out), "listening %d", &port); err != nil {
				t.Fatal(err)
			}
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
