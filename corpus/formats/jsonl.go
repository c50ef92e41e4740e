package formats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"callscam/corpus"
)

func isJSONL(head []byte) bool {
	head = bytes.TrimSpace(head)
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	line, _, whole := bytes.Cut(head, []byte("\n"))
	if !whole {
		// A line longer than the sample: an object that opens on its own line
		// has a line end long before that.
		return true
	}
	return json.Valid(bytes.TrimSpace(line)) || !bytes.Equal(bytes.TrimSpace(line), []byte("{")) && bytes.Contains(line, []byte(`"turns"`))
}

func isJSON(head []byte) bool {
	head = bytes.TrimSpace(head)
	if len(head) == 0 || head[0] != '[' {
		return len(head) > 0 && head[0] == '{'
	}
	// A text line may begin with a clock in square brackets.
	rest := bytes.TrimSpace(head[1:])
	return len(rest) == 0 || rest[0] == '{' || rest[0] == ']'
}

func readJSONL(src *source) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		data, err := readLine(src.br, nil)
		data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
		eachLine(src, data, 1, err, yield, func(data []byte, line int) bool { return yieldLine(src, data, line, yield) })
	}
}

// yieldLine yields the call, or calls, of one line.
func yieldLine(src *source, data []byte, line int, yield func(corpus.Example, error) bool) bool {
	name := fmt.Sprintf("%s:%d", stem(src.path), line)
	ex, ok := quickCall(data)
	if !ok {
		if s, ok := foreign(data); ok {
			if line == 1 && isLast(src.br) {
				name = stem(src.path)
			}
			return yieldDocument(src, s, data, line, name, yield)
		}
		var err error
		if ex, err = decodeCall(data); err != nil {
			return yield(corpus.Example{}, &Error{src.path, line, err})
		}
	}
	if ex.ID == "" {
		ex.ID = name
	}
	return yield(ex, nil)
}

func readJSON(src *source) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		data, err := readAll(src.br)
		if err == errLineTooLong {
			err = src.errorf(0, "file is larger than the limit of %d MiB: write one call a line instead", MaxCallBytes>>20)
		} else if err != nil {
			err = &Error{src.path, 0, err}
		}
		if err != nil {
			yield(corpus.Example{}, err)
			return
		}
		data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
		if s, ok := foreign(data); ok {
			yieldDocument(src, s, data, 1, stem(src.path), yield)
			return
		}
		readCalls(src, data, yield)
	}
}

// readCalls reads a call, or the calls of a list.
func readCalls(src *source, data []byte, yield func(corpus.Example, error) bool) {
	several := data[0] == '['
	calls := func(yield func(value) bool) { yield(value(data)) }
	if several {
		if checkJSON(data, false) != nil {
			var whole json.RawMessage
			err := json.Unmarshal(data, &whole)
			yield(corpus.Example{}, &Error{src.path, lineOf(data, err), jsonError(err)})
			return
		}
		calls = value(data).items()
		several = atLeast(2, calls)
	}
	n := 0
	for call := range calls {
		n++
		ex, err := decodeCall(call)
		switch {
		case err != nil && several:
			err = src.errorf(0, "call %d: %w", n, err)
		case err != nil:
			err = &Error{src.path, lineOf(call, err), err}
		case ex.ID == "" && several:
			ex.ID = fmt.Sprintf("%s:%d", stem(src.path), n)
		case ex.ID == "":
			ex.ID = stem(src.path)
		}
		if !yield(ex, err) {
			return
		}
	}
}

// foreign returns the shape of a document that is not a plain call, though it
// did not look so from its beginning: recognisers may put a long text first.
func foreign(data []byte) (shape, bool) {
	doc := sniffed(data)
	if doc.has("turns") || doc.kind() == '[' && doc.first().has("turns") {
		return shape{}, false
	}
	s, _, ok := recognise(doc)
	return s, ok
}

// callJSON is the shape of one call.
type callJSON struct {
	annotations
	Turns []turnJSON `json:"turns"`
}

type turnJSON struct {
	Speaker looseString `json:"speaker"`
	Role    looseString `json:"role"`
	Text    string      `json:"text"`
	StartMS *int64      `json:"start_ms"`
	EndMS   *int64      `json:"end_ms"`
}

// looseString takes a JSON string, number, boolean or null.
type looseString string

func (s *looseString) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var v string
		if err := json.Unmarshal(data, &v); err != nil {
			return err
		}
		*s = looseString(v)
		return nil
	}
	if text := string(data); text != "null" {
		if _, err := strconv.ParseFloat(text, 64); err != nil && text != "true" && text != "false" {
			return errors.New("want a string")
		}
		*s = looseString(text)
	}
	return nil
}

func decodeCall(data []byte) (corpus.Example, error) {
	var ex corpus.Example
	if err := checkBounds(data); err != nil {
		return ex, err
	}
	var c callJSON
	valid := []byte(validText(&ex, string(data)))
	if err := json.Unmarshal(valid, &c); err != nil {
		return ex, jsonError(err)
	}
	if len(c.Turns) == 0 {
		return ex, errors.New(`no turns: want {"turns":[{"speaker":"…","text":"…"}]}`)
	}
	if len(c.Turns) > MaxTurns {
		return ex, fmt.Errorf("%d turns: the limit is %d", len(c.Turns), MaxTurns)
	}
	c.apply(&ex)
	ex.Turns = make([]corpus.Turn, len(c.Turns))
	for i, t := range c.Turns {
		ex.Turns[i] = corpus.Turn{Speaker: string(t.Speaker), Role: corpus.RoleOf(string(t.Role)),
			Text: t.Text, Start: timeOf(t.StartMS), End: timeOf(t.EndMS)}
	}
	return ex, nil
}

func timeOf(ms *int64) int64 {
	if ms == nil || *ms < 0 {
		return corpus.NoTime
	}
	return *ms
}

// jsonError says what is wrong with JSON without quoting the call's text.
func jsonError(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("broken JSON at byte %d: %w", syntax.Offset, err)
	case errors.As(err, &typ):
		return fmt.Errorf("field %q holds a JSON %s at byte %d: want %s", typ.Field, strings.Fields(typ.Value)[0], typ.Offset, typ.Type)
	}
	return fmt.Errorf("broken JSON: %w", err)
}

// lineOf returns the line of data at which a JSON error stands, or 0.
func lineOf(data []byte, err error) int {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	at := int64(-1)
	if errors.As(err, &syntax) {
		at = syntax.Offset
	} else if errors.As(err, &typ) {
		at = typ.Offset
	}
	if at < 0 || at > int64(len(data)) {
		return 0
	}
	return 1 + bytes.Count(data[:at], []byte("\n"))
}

func stem(path string) string {
	base := strings.TrimSuffix(filepath.Base(path), gzipEnding)
	return strings.TrimSuffix(base, filepath.Ext(base))
}
