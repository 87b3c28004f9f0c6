package rest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// tree finds rows by path segments. A literal segment wins over a variable; when
// the rest of the path or the method does not fit there, the variable is tried.
type tree struct {
	literal  map[string]*tree
	variable *tree
	rest     *leaf // {name...}
	here     *leaf
}

// leaf holds the rows of one path by method.
type leaf struct {
	names []string // of the variables, in order
	rows  map[string]*route
}

func (t *tree) add(r *route) {
	names := []string{}
	at := t
	for segment := range strings.SplitSeq(strings.TrimPrefix(r.Path, "/"), "/") {
		name, isVariable := variable(segment)
		switch {
		case !isVariable:
			at = at.child(segment)
		case strings.HasSuffix(name, "..."):
			at.rest = at.rest.with(r, append(names, strings.TrimSuffix(name, "...")))
			return
		default:
			names = append(names, name)
			if at.variable == nil {
				at.variable = &tree{}
			}
			at = at.variable
		}
	}
	at.here = at.here.with(r, names)
}

func variable(segment string) (string, bool) {
	if strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}") {
		return segment[1 : len(segment)-1], true
	}
	return "", false
}

func (t *tree) child(segment string) *tree {
	if t.literal == nil {
		t.literal = map[string]*tree{}
	}
	if t.literal[segment] == nil {
		t.literal[segment] = &tree{}
	}
	return t.literal[segment]
}

// with adds a row to the leaf; rows of one path must name their variables alike.
func (l *leaf) with(r *route, names []string) *leaf {
	if l == nil {
		l = &leaf{names: names, rows: map[string]*route{}}
	}
	if l.rows[r.Method] != nil || !slices.Equal(l.names, names) {
		panic(fmt.Sprintf("rest: two rows for %s", r.Name()))
	}
	l.rows[r.Method] = r
	return l
}

// search is one look for a path in the tree.
type search struct {
	method  string
	values  []string
	allowed map[string]bool // methods of the rows whose path fits
}

// find returns the row and its variables. Without a row, allowed are the methods
// the path knows, none when it is unknown.
func (t *tree) find(method, escapedPath string) (*route, []param, []string) {
	s := search{method: method}
	r, l := s.walk(t, strings.TrimPrefix(escapedPath, "/"), nil)
	if r == nil {
		methods := []string{}
		for m := range s.allowed {
			methods = append(methods, m)
		}
		slices.Sort(methods)
		return nil, nil, methods
	}
	params := make([]param, len(l.names))
	for i, name := range l.names {
		params[i] = param{name, s.values[i]}
	}
	return r, params, nil
}

func (s *search) walk(t *tree, path string, values []string) (*route, *leaf) {
	segment, rest, more := strings.Cut(path, "/")
	segment, err := url.PathUnescape(segment)
	if err != nil {
		return nil, nil
	}
	if next := t.literal[segment]; next != nil {
		if r, l := s.step(next, rest, more, values); r != nil {
			return r, l
		}
	}
	if t.variable != nil && segment != "" {
		if r, l := s.step(t.variable, rest, more, append(values, segment)); r != nil {
			return r, l
		}
	}
	if whole, err := url.PathUnescape(path); t.rest != nil && err == nil {
		return s.pick(t.rest, append(values, whole))
	}
	return nil, nil
}

func (s *search) step(t *tree, rest string, more bool, values []string) (*route, *leaf) {
	if more {
		return s.walk(t, rest, values)
	}
	if t.here == nil {
		return nil, nil
	}
	return s.pick(t.here, values)
}

func (s *search) pick(l *leaf, values []string) (*route, *leaf) {
	r := l.rows[s.method]
	if r == nil && s.method == "HEAD" {
		r = l.rows["GET"]
	}
	if r != nil {
		s.values = values
		return r, l
	}
	if s.allowed == nil {
		s.allowed = map[string]bool{}
	}
	for m := range l.rows {
		s.allowed[m] = true
	}
	return nil, nil
}
