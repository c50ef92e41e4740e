package formats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// AddAnalysis returns a vCon, in one line, with one more entry in its
// analysis. Entry makes it, given how many dialogs the vCon has. All other
// fields keep their bytes and order, but for updated_at, which becomes at
// (RFC 3339), last.
func AddAnalysis(vcon []byte, at string, entry func(dialogs int) any) ([]byte, error) {
	var doc struct {
		Dialog []json.RawMessage `json:"dialog"`
	}
	if err := json.Unmarshal(vcon, &doc); err != nil {
		return nil, jsonError(err)
	}
	added, err := encodeJSON(entry(len(doc.Dialog)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteByte('{')
	found := false
	for key, v := range firstValue(vcon).fields() {
		switch strings.ToLower(value(`"` + string(key) + `"`).text()) {
		case "analysis":
			if found {
				return nil, errors.New("two fields named analysis")
			}
			found = true
			if v, err = appended(v, added); err != nil {
				return nil, err
			}
		case "updated_at":
			continue
		}
		fmt.Fprintf(&b, "\"%s\":%s,", key, v)
	}
	if !found {
		fmt.Fprintf(&b, "\"analysis\":[%s],", added)
	}
	fmt.Fprintf(&b, "\"updated_at\":\"%s\"}", at)
	var line bytes.Buffer
	if err := json.Compact(&line, b.Bytes()); err != nil {
		return nil, jsonError(err)
	}
	line.WriteByte('\n')
	return line.Bytes(), nil
}

// appended returns a list with one more item.
func appended(list value, item []byte) (value, error) {
	if string(list) == "null" {
		return fmt.Appendf(nil, "[%s]", item), nil
	}
	if list.kind() != '[' {
		return nil, errors.New("analysis is no list")
	}
	rest := bytes.TrimRight(list[:len(list)-1], " \t\r\n")
	if len(rest) > 1 {
		rest = append(bytes.Clone(rest), ',')
	}
	return fmt.Appendf(nil, "%s%s]", rest, item), nil
}
