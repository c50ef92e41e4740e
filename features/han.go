package features

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"callscam/corpus"
)

// variants.txt holds traditional characters, each followed by the simplified
// one that Unicode's Unihan database gives as its only kSimplifiedVariant. A
// whole conversion library brings phrase dictionaries of some megabytes, which
// matching single characters has no use for.
//
//go:embed variants.txt
var variantText string

var variants = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, pair := range strings.Fields(variantText) {
		_, n := utf8.DecodeRuneInString(pair)
		m[pair[:n]] = pair[n:]
	}
	return m
})

// hanNorm returns the simplified form of a Han character.
func hanNorm(s string) string {
	if simplified, ok := variants()[s]; ok {
		return simplified
	}
	return s
}

// isHanWord reports whether a word is a Han character: no other word holds one.
func isHanWord(w string) bool {
	if w == "" || w[0] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(w)
	return corpus.IsHan(r)
}
