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
	prefix    = regexp.MustCompile(`^([^:：]{1,40}?)\s*[:：](?:\s+|$)|^([^:：]{1,40}?)\s*：`)
	bracketed = regexp.MustCompile(`^\[\[([^\[\]:]{1,40})\]\]\s*|^\[([^\[\]:]{1,40})\]\s*[:：]\s*|^\(((?i:speaker) [^()\s]{1,10})\)\s*`)
	numbered  = regexp.MustCompile(`^(?i:speaker|说话人|发言人)[ _]?\d{1,4}$`)
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
		if name, _, ok := cutSpeaker(clock.ReplaceAllString(line, "")); ok {
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
	m := prefix.FindStringSubmatchIndex(rest)
	if m == nil {
		return "", line, false
	}
	start, end := m[2], m[3]
	if start < 0 {
		start, end = m[4], m[5]
	}
	if name = rest[start:end]; !isName(name) {
		return "", line, false
	}
	return name, rest[m[1]:], true
}

func cutBracketed(line string) (name, text string, ok bool) {
	m := bracketed.FindStringSubmatch(line)
	if m == nil {
		return "", line, false
	}
	return m[1] + m[2] + m[3], line[len(m[0]):], true
}

func isName(name string) bool {
	letter := false
	for _, r := range name {
		letter = letter || unicode.IsLetter(r)
		if strings.ContainsRune(",.?!;，。？！；\"“”", r) {
			return false
		}
	}
	return (letter || isNumber(name)) && utf8.RuneCountInString(name) <= 40
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}
