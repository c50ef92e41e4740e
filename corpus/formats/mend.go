package formats

import (
	"bytes"
	"strings"
)

const (
	warnLenient = "not strict JSON: comments, control characters in strings, NaN or commas at the end of lists were passed over"
	warnCurly   = "not strict JSON: curly quotation marks were read as straight ones"
)

var straighten = strings.NewReplacer("“", `"`, "”", `"`)

// parseDocument returns a document that can be walked, mended as far as real
// files need it.
func parseDocument(data []byte) (doc value, warnings []string, err error) {
	clean := bytes.TrimSpace(bytes.ToValidUTF8(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\uFFFD")))
	if bytes.Count(clean, []byte("\uFFFD")) > bytes.Count(data, []byte("\uFFFD")) {
		warnings = append(warnings, warnUTF8)
	}
	if checkJSON(clean, false) == nil {
		return value(clean), warnings, nil
	}
	if err = checkJSON(clean, true); err == nil {
		return firstValue(clean), append(warnings, warnLenient), nil
	}
	if curly(clean) {
		straight := []byte(straighten.Replace(string(clean)))
		if err = checkJSON(straight, true); err == nil {
			return firstValue(straight), append(warnings, warnCurly), nil
		}
	}
	return nil, nil, err
}

// sniffed returns the document that a file begins with.
func sniffed(head []byte) value {
	if curly(head) {
		head = []byte(straighten.Replace(string(head)))
	}
	return firstValue(head)
}

// curly reports whether the first key stands in curly quotation marks, as in
// examples that were pasted from a web page.
func curly(doc []byte) bool {
	i := skipSpace(doc, 0)
	for i < len(doc) && (doc[i] == '{' || doc[i] == '[') {
		i = skipSpace(doc, i+1)
	}
	return bytes.HasPrefix(doc[i:], []byte("“")) || bytes.HasPrefix(doc[i:], []byte("”"))
}
