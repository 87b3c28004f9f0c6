// Command bot is an example of a bot that answers over REST. A webhook tells it what
// visitors write; it answers with its own login, and gives a chat to people when
// somebody asks for one.
//
//	bot -foyer https://chat.example.org -user helper -password … -secret whsec_…
//
// The user needs the roles bot and livechat-agent; Livechat_assign_new_conversation_to_bot
// gives it the new chats. To forward chats give the role bot the permissions view-l-room
// and transfer-livechat-guest. The webhook needs the event "visitor's message" and its
// signing secret.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9095", "address to listen on")
	foyer := flag.String("foyer", "http://127.0.0.1:8080", "address of Foyer")
	user := flag.String("user", "", "the bot's username")
	password := flag.String("password", "", "its password")
	secret := flag.String("secret", "", "the webhook's signing secret")
	people := flag.String("people", "", "department that gets a chat when somebody asks for a person")
	flag.Parse()
	b, err := newBot(*foyer, *secret, *people)
	if err == nil {
		err = b.signIn(context.Background(), *user, *password)
	}
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(*listen, b))
}

// bot answers.
type bot struct {
	foyer, people string
	webhook       *standardwebhooks.Webhook
	client        http.Client
	user, token   string

	mu   sync.Mutex
	seen map[string]bool // deliveries taken
}

func newBot(foyer, secret, people string) (*bot, error) {
	w, err := standardwebhooks.NewWebhook(secret)
	return &bot{foyer: foyer, people: people, webhook: w, client: http.Client{Timeout: 10 * time.Second}, seen: map[string]bool{}}, err
}

// call sends a request to Foyer as the bot.
func (b *bot) call(ctx context.Context, path string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, "POST", b.foyer+"/api/v1/"+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-User-Id", b.user)
	r.Header.Set("X-Auth-Token", b.token)
	res, err := b.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(res.Body, 1000))
		return fmt.Errorf("%s: status %d: %s", path, res.StatusCode, said)
	}
	return json.NewDecoder(res.Body).Decode(answer)
}

func (b *bot) signIn(ctx context.Context, user, password string) error {
	var in struct {
		Data struct{ UserID, AuthToken string }
	}
	if err := b.call(ctx, "login", map[string]string{"user": user, "password": password}, &in); err != nil {
		return err
	}
	b.user, b.token = in.Data.UserID, in.Data.AuthToken
	return nil
}

// event is what the bot reads of a delivery.
type event struct {
	Type  string
	Room  string `json:"_id"`
	Agent struct {
		ID string `json:"_id"`
	}
	Messages []struct{ ID, Msg, AgentID string }
}

const longest = 1 << 20 // bytes of a delivery

// ServeHTTP takes one delivery. Any answer but 200 has it sent again.
func (b *bot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longest))
	if err != nil || b.webhook.Verify(body, r.Header) != nil {
		http.Error(w, "wrong signature", http.StatusForbidden)
		return
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	delivery := r.Header.Get("webhook-id")
	if err := b.take(r.Context(), delivery, e); err != nil {
		log.Print(err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}

// take answers what a visitor wrote in a chat of the bot's own, once.
func (b *bot) take(ctx context.Context, delivery string, e event) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if e.Type != "Message" || e.Agent.ID != b.user || len(e.Messages) == 0 || e.Messages[0].AgentID != "" || b.seen[delivery] {
		return nil
	}
	answer := answerTo(e.Messages[0].Msg)
	var done struct{ Success bool }
	// The message's id is made of the delivery's: said twice it is stored once.
	err := b.call(ctx, "chat.sendMessage", map[string]any{"message": map[string]string{"_id": "bot-" + delivery, "rid": e.Room, "msg": answer}}, &done)
	if err == nil && answer == toPeople {
		err = b.call(ctx, "livechat/room.forward", map[string]string{"roomId": e.Room, "departmentId": b.people}, &done)
	}
	b.seen[delivery] = err == nil
	return err
}

const toPeople = "I will find somebody for you."

// answerTo is what the bot knows.
func answerTo(question string) string {
	switch q := strings.ToLower(question); {
	case strings.Contains(q, "person"), strings.Contains(q, "human"):
		return toPeople
	case strings.Contains(q, "open"):
		return "We are open from 9 to 17."
	}
	return "I know when we are open. For anything else ask for a person."
}
