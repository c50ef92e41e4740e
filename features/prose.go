package features

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

// maxChunk bounds what prose is given at once, in bytes: its time grows with
// the square of a run of punctuation.
const maxChunk = 256

// proseTokens splits one chunk (valid UTF-8, no white space, at most maxChunk
// bytes) as prose does and returns the tokens' byte offsets in the chunk. The
// tokens tile it: what prose leaves out becomes tokens of its own.
func proseTokens(chunk string) [][2]int {
	doc, err := prose.NewDocument(chunk, prose.WithTagging(false), prose.WithExtraction(false), prose.WithSegmentation(false))
	if err != nil {
		return [][2]int{{0, len(chunk)}}
	}
	var spans [][2]int
	at := 0
	for _, tok := range doc.Tokens() {
		start, end := locate(chunk, at, tok.Text)
		if start < 0 {
			break
		}
		spans = appendLeftOut(spans, chunk, at, start)
		spans = append(spans, [2]int{start, end})
		at = end
	}
	return appendLeftOut(spans, chunk, at, len(chunk))
}

// locate finds tok in chunk from offset at on. Prose straightens quotation
// marks before it splits, so runes are compared as it sees them.
func locate(chunk string, at int, tok string) (start, end int) {
	if i := strings.Index(chunk[at:], tok); i >= 0 {
		return at + i, at + i + len(tok)
	}
	for start = at; start < len(chunk); {
		if end, ok := straightPrefix(chunk, start, tok); ok {
			return start, end
		}
		_, size := utf8.DecodeRuneInString(chunk[start:])
		start += size
	}
	return -1, -1
}

func straightPrefix(chunk string, start int, tok string) (end int, ok bool) {
	end = start
	for _, want := range tok {
		if want == '\'' && strings.HasPrefix(chunk[end:], "&rsquo;") {
			end += len("&rsquo;")
			continue
		}
		r, size := utf8.DecodeRuneInString(chunk[end:])
		if size == 0 || straight(r) != want {
			return 0, false
		}
		end += size
	}
	return end, true
}

func straight(r rune) rune {
	switch r {
	case '\u2018', '\u2019':
		return '\''
	case '\u201c', '\u201d':
		return '"'
	}
	return r
}

// appendLeftOut adds chunk[start:end] as tokens, marks at its end apart, as
// prose would have set them apart.
func appendLeftOut(spans [][2]int, chunk string, start, end int) [][2]int {
	stop := end
	for stop > start {
		r, size := utf8.DecodeLastRuneInString(chunk[start:stop])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		stop -= size
	}
	if start < stop {
		spans = append(spans, [2]int{start, stop})
	}
	for stop < end {
		_, size := utf8.DecodeRuneInString(chunk[stop:end])
		spans = append(spans, [2]int{stop, stop + size})
		stop += size
	}
	return spans
}
