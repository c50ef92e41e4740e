package formats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"callscam/corpus"
)

// Form is a way of writing a call down. Nothing that corpus.Example holds is
// lost but Path and Origin, as long as roles are those that Read gives. Ending
// is the files' ending; Stream says whether one file may hold many calls.
//
// Write returns one call's bytes. At is the time of writing, RFC 3339, which
// some forms must state. The role of a speaker whose name states one is not
// written, nor times and annotations that are unknown.
type Form struct {
	Name   string
	Ending string
	Stream bool
	Write  func(ex *corpus.Example, at string) ([]byte, error)
}

// Forms returns the forms in which calls are written.
func Forms() []Form {
	return []Form{
		{"jsonl", ".jsonl", true, writeJSONL},
		{"txt", ".txt", false, writeText},
		{"vcon", ".vcon.json", false, VCon},
		{"wtf", ".wtf.json", false, writeWTF},
	}
}

// who is a speaker as written down: the same name in two roles is two of them.
type who struct {
	speaker string
	role    corpus.Role
}

// speakers numbers a call's speakers in order of appearance.
func speakers(ex *corpus.Example) (all []who, of []int) {
	number := map[who]int{}
	of = make([]int, len(ex.Turns))
	for i := range ex.Turns {
		w := who{ex.Turns[i].Speaker, ex.Turns[i].Role}
		n, ok := number[w]
		if !ok {
			n = len(all)
			number[w] = n
			all = append(all, w)
		}
		of[i] = n
	}
	return all, of
}

// encodeJSON returns v in one line, without turning & and < into escapes.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return b.Bytes(), nil
}

// roleName returns the role as it is written: empty where it is unknown.
func roleName(r corpus.Role) string {
	if r == corpus.Unknown {
		return ""
	}
	return r.String()
}

// joined returns all that was said, one turn a line.
func joined(ex *corpus.Example) string {
	var b strings.Builder
	for i := range ex.Turns {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(ex.Turns[i].Text)
	}
	return b.String()
}
