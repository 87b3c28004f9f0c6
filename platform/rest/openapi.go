package rest

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/foyerchat/foyer/platform/schema"
)

// object is a JSON object being built; encoding/json writes it in the order of names.
type object = map[string]any

// OpenAPI describes the rows as an OpenAPI 3.1 document, the same bytes for the same
// rows.
func (a *API) OpenAPI() []byte { return OpenAPI(a.rows, a.Version) }

// OpenAPI describes rows as an OpenAPI 3.1 document of this version.
func OpenAPI(rows []Endpoint, version string) []byte {
	types := collect(rows)
	schemas, paths := types.Components(), object{}
	like := examples{schemas: schemas}
	for _, e := range sorted(rows) {
		path := strings.ReplaceAll(e.Path, "...}", "}")
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path].(object)[strings.ToLower(e.Method)] = e.operation(types, like)
	}
	if version == "" {
		version = "0"
	}
	return encode(object{
		"openapi": "3.1.0",
		"info":    object{"title": "Foyer", "version": version, "description": apiDescription},
		"paths":   paths,
		"components": object{
			"schemas":         withEnvelopes(schemas),
			"responses":       errorResponses,
			"securitySchemes": securitySchemes,
		},
	})
}

const apiDescription = "Live chat. Answers carry `success`; errors are in `error`, with a stable code in `errorType`."

func encode(document object) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(document); err != nil {
		panic(err) // maps of plain values
	}
	return b.Bytes()
}

var securitySchemes = object{
	"userId":    object{"type": "apiKey", "in": "header", "name": "X-User-Id", "description": "The id of the user, from login."},
	"authToken": object{"type": "apiKey", "in": "header", "name": "X-Auth-Token", "description": "The token, from login."},
	"session":   object{"type": "apiKey", "in": "cookie", "name": CookieName, "description": "The console's session."},
	"guest":     object{"type": "apiKey", "in": "header", "name": GuestHeader, "description": "The secret of a visitor in our own widget."},
}

func withEnvelopes(schemas object) object {
	text := object{"type": "string"}
	schemas["Failure"] = object{
		"type": "object", "required": []string{"success", "error"},
		"properties": object{"success": object{"const": false}, "error": text, "errorType": text, "details": object{}},
	}
	schemas["Refusal"] = object{
		"type": "object", "required": []string{"status", "message"},
		"properties": object{"status": object{"const": "error"}, "error": text, "message": text},
	}
	return schemas
}

var errorResponses = object{
	"Invalid":    errorResponse("The request cannot be carried out as asked.", "Failure"),
	"Login":      errorResponse("Not signed in.", "Refusal"),
	"Permission": errorResponse("Signed in, without the permission.", "Failure"),
	"NotFound":   errorResponse("No such thing.", "Failure"),
	"TooLarge":   errorResponse("The body has more bytes than it may.", "Failure"),
	"TooMany":    errorResponse("Too many requests; Retry-After says how many seconds to wait.", "Failure"),
	"Internal":   errorResponse("The server failed.", "Failure"),
	"Busy":       errorResponse("Nothing happened; try again later.", "Failure"),
}

func errorResponse(text, name string) object {
	return object{"description": text, "content": jsonContent(object{"$ref": "#/components/schemas/" + name})}
}

func jsonContent(s object) object { return object{"application/json": object{"schema": s}} }

func (e Endpoint) operation(types *schema.Types, like examples) object {
	op := object{
		"operationId": e.operationID(), "summary": e.Doc, "tags": []string{e.tag()},
		"description": e.description(), "responses": e.responses(types, like), "security": e.security(),
		"x-foyer-access": e.Access.String(),
	}
	if p := e.describeParameters(types); len(p) > 0 {
		op["parameters"] = p
	}
	if e.plan.upload != nil {
		op["requestBody"] = object{"required": true, "content": object{"multipart/form-data": object{"schema": e.form()}}}
	}
	if e.plan.raw != nil {
		op["requestBody"] = object{"required": true, "content": e.described()}
	}
	if t := e.content(); t != nil {
		body := types.Schema(t, schema.In)
		if e.options.strict {
			body["additionalProperties"] = false
		}
		op["requestBody"] = object{"required": true, "content": like.exemplified(body)}
	}
	return op
}

// operationID is method and path in one word: getLivechatRoomsRid.
func (e Endpoint) operationID() string {
	var b strings.Builder
	b.WriteString(strings.ToLower(e.Method))
	up := true
	for _, c := range strings.TrimPrefix(e.Path, "/api/v1") {
		switch {
		case !unicode.IsLetter(c) && !unicode.IsDigit(c):
			up = true
		case up:
			b.WriteRune(unicode.ToUpper(c))
			up = false
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func (e Endpoint) description() string {
	text := "Access: " + e.Access.String() + "."
	if len(e.options.errors) > 0 {
		text += " Errors: `" + strings.Join(e.options.errors, "`, `") + "`."
	}
	return text
}

func (e Endpoint) security() []object {
	switch e.Access.kind {
	case public:
		return []object{}
	case guest:
		return []object{{"guest": []string{}}}
	}
	return []object{{"userId": []string{}, "authToken": []string{}}, {"session": []string{}}}
}

func (e Endpoint) responses(types *schema.Types, like examples) object {
	ref := func(name string) object { return object{"$ref": "#/components/responses/" + name} }
	out := object{"200": e.success(types, like), "400": ref("Invalid"), "403": ref("Permission"), "404": ref("NotFound"), "500": ref("Internal"), "503": ref("Busy")}
	if e.Access.kind != public || e.options.signsIn {
		out["401"] = ref("Login")
	}
	if e.content() != nil || e.plan.raw != nil {
		out["413"] = ref("TooLarge")
	}
	if e.shape == binary {
		out["304"] = object{"description": "Not changed since the caller's copy."}
	}
	if e.out == reflect.TypeFor[Content]() {
		out["206"] = object{"description": "The part that was asked for.", "content": object{"*/*": object{}}}
		out["416"] = object{"description": "There is no such part."}
	}
	for status, text := range e.options.also {
		out[strconv.Itoa(status)] = object{"description": text}
	}
	if len(e.options.limits) > 0 {
		out["429"] = ref("TooMany")
	}
	return out
}

func (e Endpoint) success(types *schema.Types, like examples) object {
	if e.shape == binary {
		return object{"description": "Done.", "content": object{"*/*": object{}}}
	}
	s := types.Schema(e.response(), schema.Out)
	if e.shape == merged {
		s = successful(s)
	}
	return object{"description": "Done.", "content": like.exemplified(s)}
}

// successful adds "success": true to the schema of an object.
func successful(s object) object {
	flag := object{"type": "object", "required": []string{"success"}, "properties": object{"success": object{"const": true}}}
	if properties, ok := s["properties"].(object); ok && len(properties) == 0 {
		return flag
	}
	return object{"allOf": []any{s, flag}}
}
