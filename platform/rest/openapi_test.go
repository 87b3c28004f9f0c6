package rest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/schema"
)

type Mood string

type RoomID string

// Chat is a type with everything the generators must write.
type Chat struct {
	ID     RoomID            `json:"_id"`
	Mood   Mood              `json:"mood,omitempty" doc:"How it feels."`
	At     clock.Instant     `json:"at,omitzero"`
	Parent *Chat             `json:"parent,omitempty"`
	Best   *Person           `json:"best"`
	People []Person          `json:"people"`
	Data   map[string]string `json:"livechatData,omitempty"`
	Any    any               `json:"any"`
	Hidden string            `json:"-"`
	Base
}

type Person struct {
	Name string `json:"name"`
	Age  int    `json:"age,omitempty"`
}

type Base struct {
	Seq int64 `json:"seq"`
}

type chats struct {
	Chats []Chat `json:"chats"`
	rest.Counted
}

type save struct {
	ID     RoomID   `path:"rid" doc:"Which."`
	Person Person   `json:"person" required:"true"`
	Kind   string   `json:"kind,omitempty" enum:"a,b"`
	Tags   []string `json:"tags" maxItems:"3" maxLength:"9"`
}

type find struct {
	rest.Page
	Agents []string `query:"agents"`
	Span   *span    `query:"createdAt"`
	Open   bool     `query:"open" required:"true"`
	Token  string   `header:"x-visitor-token"`
}

func reply[Req, Res any](_ context.Context, _ Req) (r Res, _ error) { return r, nil }

func sample() []rest.Endpoint {
	schema.Enum[Mood]("calm", "angry")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/{rid}/save", rest.All("save-room"), "Save a room.", reply[save, struct{}], rest.Errors("error-invalid-room"), rest.Limit("s", 1, time.Second)),
		rest.Row("GET", "/api/v1/livechat/rooms", rest.SignedIn, "List rooms.", reply[find, chats]),
		rest.Row("GET", "/api/v1/livechat/room", rest.Guest, "One room.", reply[struct{}, Chat]),
		rest.Row("DELETE", "/api/v1/units/{id}", rest.Public, "Delete.", reply[struct{}, int], rest.Plain(), rest.Tag("units")),
		rest.Row("GET", "/livechat/{file...}", rest.Public, "The widget.", reply[struct{}, rest.Bytes]),
	}
}

func TestOpenAPIIsValid(t *testing.T) {
	text := api(sample()...).OpenAPI()
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if !doc.IsOpenAPI31OrLater() {
		t.Errorf("version %s", doc.OpenAPI)
	}
	if again := api(sample()...).OpenAPI(); !bytes.Equal(text, again) {
		t.Error("not the same document twice")
	}
}

func TestOpenAPISaysWhatRowsDo(t *testing.T) {
	var doc any
	if err := json.Unmarshal(api(sample()...).OpenAPI(), &doc); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"paths|/api/v1/livechat/{rid}/save|post|summary":       `"Save a room."`,
		"paths|/api/v1/livechat/{rid}/save|post|operationId":   `"postLivechatRidSave"`,
		"paths|/api/v1/livechat/{rid}/save|post|description":   "\"Access: all of save-room. Errors: `error-invalid-room`.\"",
		"paths|/api/v1/livechat/{rid}/save|post|parameters":    `[{"description":"Which.","in":"path","name":"rid","required":true,"schema":{"type":"string"}}]`,
		"paths|/api/v1/livechat/{rid}/save|post|security":      `[{"authToken":[],"userId":[]},{"session":[]}]`,
		"paths|/api/v1/livechat/{rid}/save|post|responses|429": `{"$ref":"#/components/responses/TooMany"}`,
		"paths|/api/v1/livechat/{rid}/save|post|requestBody|content|application/json|schema": `{"properties":{"kind":{"enum":["a","b"],"type":"string"},"person":{"$ref":"#/components/schemas/PersonInput"},` +
			`"tags":{"items":{"maxLength":9,"type":"string"},"maxItems":3,"type":"array"}},"required":["person"],"type":"object"}`,
		"paths|/api/v1/livechat/{rid}/save|post|responses|200|content|application/json|schema":  `{"properties":{"success":{"const":true}},"required":["success"],"type":"object"}`,
		"paths|/api/v1/livechat/{rid}/save|post|requestBody|content|application/json|example":   `{"kind":"a","person":{"age":1,"name":"Ann"},"tags":["text"]}`,
		"paths|/api/v1/livechat/room|get|responses|200|content|application/json|example|best":   `{"age":1,"name":"Ann"}`,
		"paths|/api/v1/livechat/room|get|responses|200|content|application/json|example|parent": `null`, // a chat within itself ends
		"paths|/api/v1/livechat/rooms|get|tags":                                                 `["livechat"]`,
		"paths|/api/v1/livechat/rooms|get|responses|429":                                        `null`,
		"paths|/api/v1/livechat/room|get|security":                                              `[{"guest":[]}]`,
		"paths|/api/v1/livechat/room|get|responses|200|content|application/json|schema|allOf|0": `{"$ref":"#/components/schemas/Chat"}`,
		"paths|/api/v1/units/{id}|delete|responses|200|content|application/json|schema":         `{"type":"integer"}`,
		"paths|/api/v1/units/{id}|delete|responses|401":                                         `null`,
		"paths|/api/v1/units/{id}|delete|security":                                              `[]`,
		"paths|/api/v1/units/{id}|delete|tags":                                                  `["units"]`,
		"paths|/livechat/{file}|get|parameters":                                                 `[{"in":"path","name":"file","required":true,"schema":{"type":"string"}}]`,
		"components|schemas|PersonInput":                                                        `{"properties":{"age":{"type":"integer"},"name":{"type":"string"}},"type":"object"}`,
		"components|schemas|Person":                                                             `{"properties":{"age":{"type":"integer"},"name":{"type":"string"}},"required":["name"],"type":"object"}`,
		"components|schemas|Chat|properties|mood":                                               `{"description":"How it feels.","enum":["calm","angry"],"type":"string"}`,
		"components|schemas|Chat|properties|at":                                                 `{"format":"date-time","type":"string"}`,
		"components|schemas|Chat|properties|best":                                               `{"anyOf":[{"$ref":"#/components/schemas/Person"},{"type":"null"}]}`,
		"components|schemas|Chat|required":                                                      `["_id","best","people","any","seq"]`,
	} {
		if got := at(doc, path); got != want {
			t.Errorf("%s:\n got %s\nwant %s", path, got, want)
		}
	}
	for i, name := range []string{"offset", "count", "sort", "agents[]", "createdAt", "open", "x-visitor-token"} {
		list := doc.(map[string]any)["paths"].(map[string]any)["/api/v1/livechat/rooms"].(map[string]any)["get"].(map[string]any)["parameters"].([]any)
		p := list[i].(map[string]any)
		_, jsonText := p["content"]
		if p["name"] != name || jsonText != (name == "sort" || name == "createdAt") || (p["required"] == true) != (name == "open") {
			t.Errorf("parameter %s: %v", name, p)
		}
	}
}

// at walks into a document and returns what is there as JSON.
func at(doc any, path string) string {
	for key := range strings.SplitSeq(path, "|") {
		switch v := doc.(type) {
		case map[string]any:
			doc = v[key]
		case []any:
			doc = v[key[0]-'0']
		}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

const typescript = `// Code generated from the server's types; DO NOT EDIT.

/** A merged answer: the endpoint's fields and success. */
export type Success<T> = T & { success: true };

export interface Chat {
  _id: RoomID;
  /** How it feels. */
  mood?: Mood;
  at?: Instant;
  parent?: Chat;
  best: Person | null;
  people: Person[];
  livechatData?: Record<string, string>;
  any: unknown;
  seq: number;
}

/** Text in the format date-time. */
export type Instant = string;

export type Mood = "calm" | "angry";

export interface Person {
  name: string;
  age?: number;
}

export interface PersonInput {
  name?: string;
  age?: number;
}

export type RoomID = string;

export interface Endpoints {
  /** One room. */
  "GET /api/v1/livechat/room": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<Chat>;
  };
  /** List rooms. */
  "GET /api/v1/livechat/rooms": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      agents?: string[];
      createdAt?: {
        start?: Instant;
        end?: Instant;
      };
      open: boolean;
    };
    body: undefined;
    response: Success<{
      chats: Chat[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Save a room. */
  "POST /api/v1/livechat/{rid}/save": {
    path: {
      /** Which. */
      rid: RoomID;
    };
    query: Record<string, never>;
    body: {
      person: PersonInput;
      kind?: "a" | "b";
      tags?: string[];
    };
    response: { success: true };
  };
  /** Delete. */
  "DELETE /api/v1/units/{id}": {
    path: {
      id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: number;
  };
  /** The widget. */
  "GET /livechat/{file...}": {
    path: {
      file: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Blob;
  };
}
`

func TestTypeScript(t *testing.T) {
	if got := string(rest.TypeScript(sample())); got != typescript {
		g, w := strings.Split(got, "\n"), strings.Split(typescript, "\n")
		for i := range g {
			if i >= len(w) || g[i] != w[i] {
				t.Fatalf("line %d: got %q, want %q in\n%s", i+1, g[i], w[min(i, len(w)-1)], got)
			}
		}
		t.Fatalf("too short:\n%s", got)
	}
}

// What a row answers keeps to what the document says about it.
func TestAnswersKeepToTheirSchemas(t *testing.T) {
	best := Person{Name: "b"}
	full := Chat{ID: "r", Mood: "calm", At: 1, Best: &best, People: []Person{{Name: "p", Age: 3}}, Parent: &Chat{People: []Person{}}}
	give := func(c Chat) func(context.Context, struct{}) (Chat, error) {
		return func(context.Context, struct{}) (Chat, error) { return c, nil }
	}
	for name, c := range map[string]struct {
		chat Chat
		ok   bool
	}{
		"full":     {full, true},
		"sparse":   {Chat{People: []Person{}}, true},
		"bad mood": {Chat{Mood: "bored", People: []Person{}}, false},
		"null":     {Chat{}, false}, // a nil slice is no array
	} {
		schema.Enum[Mood]("calm", "angry")
		h := api(rest.Row("GET", "/x", rest.Public, "", give(c.chat)))
		doc, err := openapi3.NewLoader().LoadFromData(h.OpenAPI())
		if err != nil {
			t.Fatal(err)
		}
		var answer any
		if err := json.Unmarshal(call(h, "GET", "/x", "").Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		s := doc.Paths.Value("/x").Get.Responses.Value("200").Value.Content.Get("application/json").Schema.Value
		if err := doc.ValidateSchemaJSON(s, answer, openapi3.EnableJSONSchema2020()); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
