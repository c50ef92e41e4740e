package formats

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

var (
	bracketed = regexp.MustCompile(`^\[\[([^\[\]:]{1,40})\]\]\s*|^\[([^\[\]:]{1,40})\]\s*[:：]\s*|^\(((?i:speaker) [^()\s]{1,10})\)\s*`)
	numbered  = regexp.MustCompile(`^(?i:speaker|说话人|发言人|說話人|發言人)[ _]?\d{1,4}$`)
)

// speakerNames returns the prefixes that name a speaker. A prefix counts when
// it recurs or states a role: a colon in somebody's only sentence is no name.
func speakerNames(lines []string) map[string]bool {
	count := map[string]int{}
	turns := 0
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		turns++
		if name, _, ok := cutSpeaker(line[len(clockOfLine(line)):]); ok {
			count[name]++
		}
	}
	names := map[string]bool{}
	for name, n := range count {
		if n >= 2 || corpus.RoleOf(name) != corpus.Unknown || numbered.MatchString(name) || turns <= 3 && len(strings.Fields(name)) <= 3 {
			names[name] = true
		}
	}
	return names
}

// clockOfLine returns the clock in square brackets that a line begins with.
func clockOfLine(line string) string {
	if !strings.HasPrefix(line, "[") {
		return ""
	}
	return clock.FindString(line)
}

// cutSpeaker takes a name off the front of a line: "Name: ", "Name：",
// ">> Name: ", "[SPEAKER_00]: ", "[[SPEAKER_00]]" or "(speaker 0)".
func cutSpeaker(line string) (name, text string, ok bool) {
	if name, text, ok = cutBracketed(line); ok {
		return name, text, true
	}
	rest := line
	if strings.HasPrefix(line, ">>") {
		rest = strings.TrimLeft(line, "> ")
	}
	name, text, ok = cutColon(rest)
	if !ok || !isName(name) {
		return "", line, false
	}
	return name, text, true
}

// cutColon cuts at the first colon; one of ASCII needs a space after it, but
// for scripts that have none.
func cutColon(line string) (before, after string, ok bool) {
	const space, wide = " \t\n\f\r", "："
	at, size := strings.IndexByte(line, ':'), 1
	if i := strings.Index(line, wide); i >= 0 && (at < 0 || i < at) {
		at, size = i, len(wide)
	}
	if at < 1 {
		return "", line, false
	}
	before, after = strings.TrimRight(line[:at], space), strings.TrimLeft(line[at+size:], space)
	if size == 1 && after != "" && len(after) == len(line)-at-1 {
		first, _ := utf8.DecodeRuneInString(after)
		if !unspaced(first) && !strings.ContainsFunc(before, unspaced) {
			return "", line, false
		}
	}
	return before, after, before != ""
}

func cutBracketed(line string) (name, text string, ok bool) {
	if line == "" || line[0] != '[' && line[0] != '(' {
		return "", line, false
	}
	m := bracketed.FindStringSubmatch(line)
	if m == nil {
		return "", line, false
	}
	return m[1] + m[2] + m[3], line[len(m[0]):], true
}

// longestName is the length in characters up to which a prefix may be a name.
const longestName = 40

func isName(name string) bool {
	if len(name) > 4*longestName {
		return false
	}
	letter := false
	for _, r := range name {
		letter = letter || unicode.IsLetter(r)
		if strings.ContainsRune(",.?!;，。？！；\"“”", r) {
			return false
		}
	}
	return (letter || isNumber(name)) && utf8.RuneCountInString(name) <= longestName
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}
