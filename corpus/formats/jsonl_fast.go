package formats

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"callscam/corpus"
)

// quickCall reads a call of the plain shape many times faster than
// encoding/json does. It takes only what both read alike: whatever is unusual
// (another type, a key twice or in other case, broken JSON) it leaves to
// decodeCall by returning false.
func quickCall(data []byte) (corpus.Example, bool) {
	var ex corpus.Example
	if !utf8.Valid(data) || checkJSON(data, false) != nil {
		return ex, false
	}
	seen := 0
	for key, v := range value(bytes.TrimSpace(data)).fields() {
		bit, ok := quickField(&ex, key, v)
		if !ok || seen&bit != 0 {
			return ex, false
		}
		seen |= bit
	}
	return ex, len(ex.Turns) > 0
}

// quickField takes one field of a call. The bit tells the fields apart; one
// that nobody reads has none.
func quickField(ex *corpus.Example, key []byte, v value) (bit int, ok bool) {
	switch string(key) {
	case "id":
		ex.ID, ok = looseText(v)
		return 1, ok
	case "lang":
		ex.Lang, ok = looseText(v)
		return 2, ok
	case "source":
		ex.Source, ok = looseText(v)
		return 4, ok
	case "group":
		ex.Group, ok = looseText(v)
		return 8, ok
	case "pretext":
		ex.Pretext, ok = looseText(v)
		return 16, ok
	case "label":
		label, plain := looseText(v)
		got, err := corpus.ParseLabel(label)
		ex.Label = got
		return 32, plain && err == nil
	case "harm_turn":
		n, ok := integer(v)
		ex.HarmTurn = int(max(0, n))
		return 64, ok
	case "turns":
		ex.Turns, ok = quickTurns(v)
		return 128, ok
	}
	return 0, !mayBe(key, callKeys)
}

func quickTurns(v value) ([]corpus.Turn, bool) {
	if v.kind() != '[' {
		return nil, false
	}
	turns := make([]corpus.Turn, 0, min(bytes.Count(v, []byte("{")), MaxTurns))
	for item := range v.items() {
		if item.kind() != '{' || len(turns) == MaxTurns {
			return nil, false
		}
		t := corpus.Turn{Start: corpus.NoTime, End: corpus.NoTime}
		seen := 0
		for key, field := range item.fields() {
			bit, ok := quickTurnField(&t, key, field)
			if !ok || seen&bit != 0 {
				return nil, false
			}
			seen |= bit
		}
		if n := len(turns); n > 1 && turns[n-2].Speaker == t.Speaker {
			t.Speaker = turns[n-2].Speaker
		}
		turns = append(turns, t)
	}
	return turns, true
}

func quickTurnField(t *corpus.Turn, key []byte, v value) (bit int, ok bool) {
	switch string(key) {
	case "speaker":
		t.Speaker, ok = looseText(v)
		return 1, ok
	case "role":
		role, ok := looseText(v)
		t.Role = corpus.RoleOf(role)
		return 2, ok
	case "text":
		t.Text = v.text()
		return 4, v.kind() == '"'
	case "start_ms":
		t.Start, ok = quickTime(v)
		return 8, ok
	case "end_ms":
		t.End, ok = quickTime(v)
		return 16, ok
	}
	return 0, !mayBe(key, turnKeys)
}

func quickTime(v value) (int64, bool) {
	if string(v) == "null" {
		return corpus.NoTime, true
	}
	n, ok := integer(v)
	return timeOf(&n), ok
}

func integer(v value) (int64, bool) {
	n, err := strconv.ParseInt(string(v), 10, 64)
	return n, err == nil && v.kind() == '0'
}

// looseText is what looseString takes, but for numbers out of range.
func looseText(v value) (string, bool) {
	switch v.kind() {
	case '"':
		return v.text(), true
	case '0':
		_, err := strconv.ParseFloat(string(v), 64)
		return string(v), err == nil
	case 'w':
		if string(v) == "null" {
			return "", true
		}
		return string(v), true
	}
	return "", false
}

// The keys that decodeCall knows. It takes them in any case, so that a key
// which quickCall does not know may be one of them all the same.
var (
	callKeys = jsonKeys(reflect.TypeFor[callJSON]())
	turnKeys = jsonKeys(reflect.TypeFor[turnJSON]())
)

func jsonKeys(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		if t.Field(i).Anonymous {
			keys = append(keys, jsonKeys(t.Field(i).Type)...)
			continue
		}
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		keys = append(keys, key)
	}
	return keys
}

func mayBe(key []byte, known []string) bool {
	if bytes.IndexByte(key, '\\') >= 0 {
		return true
	}
	for _, k := range known {
		if strings.EqualFold(string(key), k) {
			return true
		}
	}
	return false
}
