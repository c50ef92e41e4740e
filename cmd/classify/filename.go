package main

import (
	"regexp"
	"strings"
	"unicode"
)

// maxName is the longest stem of a file name in bytes: file systems take 255,
// from which endings, numbers and temporary names go off.
const maxName = 120

// reserved are the names that Windows gives to devices, with any ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// safeName returns an ID as the stem of a file name that stays in its folder
// on every system: letters, digits and -_. are kept, all else becomes _.
func safeName(id string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return '_'
	}, strings.ToValidUTF8(id, "_"))
	for len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	name = strings.TrimRight(name, ".")
	if name == "" || name[0] == '.' || reserved.MatchString(name) {
		name = "_" + name
	}
	return name
}
