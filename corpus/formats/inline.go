package formats

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// cellTurns reads a call that stands in one cell or line: as lines of
// "speaker: text" where it has several, else by the names inside the line.
func cellTurns(text string) ([]corpus.Turn, error) {
	lines, err := splitLines(text)
	if err != nil {
		return nil, err
	}
	return textTurns(lines)
}

// inlineTurns splits "Suspect: … Innocent: …". A name counts when it states a
// role, or when it recurs and begins like a name; and the text must begin with
// one, or nothing is split.
func inlineTurns(text string) []corpus.Turn {
	marks := inlineMarks(text)
	if len(marks) == 0 || strings.TrimSpace(text[:marks[0].start]) != "" {
		return []corpus.Turn{{Text: strings.TrimSpace(text), Start: corpus.NoTime, End: corpus.NoTime}}
	}
	var turns []corpus.Turn
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		turns = append(turns, corpus.Turn{Speaker: m.name, Text: strings.TrimSpace(text[m.end:end]), Start: corpus.NoTime, End: corpus.NoTime})
	}
	return turns
}

// inlineMark is a name with its colon at [start, end).
type inlineMark struct {
	start, end int
	name       string
}

func inlineMarks(text string) []inlineMark {
	var candidates [][]inlineMark
	count := map[string]int{}
	for at := 0; ; {
		before, after, ok := nextColon(text, at)
		if !ok {
			break
		}
		at = after
		names := namesBefore(text, before, after)
		if names == nil {
			continue
		}
		// So many colons are no names, and each takes memory.
		if candidates = append(candidates, names); len(candidates) > MaxTurns {
			return nil
		}
		for _, m := range names {
			count[m.name]++
		}
	}
	var marks []inlineMark
	for _, names := range candidates {
		if m, ok := bestName(names, count); ok {
			marks = append(marks, m)
		}
	}
	return marks
}

// nextColon returns where the next colon of either kind begins and ends.
func nextColon(text string, at int) (start, end int, ok bool) {
	for i := at; i < len(text); i++ {
		if text[i] == ':' {
			return i, i + 1, true
		}
		if text[i] == 0xef && strings.HasPrefix(text[i:], "：") {
			return i, i + len("："), true
		}
	}
	return 0, 0, false
}

// namesBefore returns the last one, two and three words before a colon.
func namesBefore(text string, colon, after int) []inlineMark {
	var names []inlineMark
	end := len(strings.TrimRight(text[:colon], " \t"))
	for at := end; at > 0 && len(names) < 3; {
		start := wordStart(text, at)
		name := text[start:end]
		if start == at || utf8.RuneCountInString(name) > 40 {
			break
		}
		names = append(names, inlineMark{start, after, name})
		at = len(strings.TrimRight(text[:start], " \t"))
	}
	return names
}

// wordStart returns where the word that ends at end begins. The end of a
// sentence ends a word too, since Chinese has no spaces.
func wordStart(text string, end int) int {
	for end > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:end])
		if unicode.IsSpace(r) || strings.ContainsRune(".,;!?:：。，；！？、\"“”（）()…", r) {
			break
		}
		end -= size
	}
	return end
}

// bestName takes the longest run of words that recurs as often as the last
// word alone does.
func bestName(names []inlineMark, count map[string]int) (best inlineMark, ok bool) {
	for _, m := range names {
		first, _ := utf8.DecodeRuneInString(m.name)
		letter := unicode.IsUpper(first) || unicode.Is(unicode.Han, first) || unicode.Is(unicode.Hangul, first)
		recurs := count[m.name] >= 2 && letter && strings.ContainsFunc(m.name, unicode.IsLetter)
		if corpus.RoleOf(m.name) != corpus.Unknown || recurs && (!ok || count[m.name] == count[names[0].name]) {
			best, ok = m, true
		}
	}
	return best, ok
}
