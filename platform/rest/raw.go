package rest

// Raw is the field of a request whose body is taken as it comes: from callers who have a
// form of their own, or who signed its very bytes.
type Raw struct {
	Type  string // as Content-Type has it
	Query string // as the row was called, what stands after the ?
	Body  []byte
}

// described is the body of a row with a Raw: texts, as JSON or as a form.
func (e Endpoint) described() object {
	properties, example := object{}, object{}
	for _, name := range e.options.form {
		properties[name], example[name] = object{"type": "string"}, "text"
	}
	s := object{"type": "object", "properties": properties}
	return object{"application/json": object{"schema": s, "example": example}, "application/x-www-form-urlencoded": object{"schema": s}}
}
