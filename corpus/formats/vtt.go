package formats

import (
	"bytes"
	"encoding/json"
	"html"
	"iter"
	"regexp"
	"strings"

	"callscam/corpus"
)

func isVTT(head []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(head), []byte("WEBVTT")) }

var (
	voice   = regexp.MustCompile(`<v(?:\.[^\s>]*)?\s+([^>]*)>`)
	vttTags = regexp.MustCompile(`</?(?:v|c|i|b|u|ruby|rt|lang)(?:[.\s][^>]*)?>|<\d[\d:.]*>`)
)

func readVTT(src *source) iter.Seq2[corpus.Example, error] {
	return oneCall(src, func(ex *corpus.Example, lines []string) error {
		ex.Lang = vttLanguage(lines)
		var cues []cue
		for _, b := range cueBlocks(lines, true) {
			whole := cue{b.start, b.end, "", strings.Join(b.lines, "\n")}
			cues = append(cues, voices(whole)...)
		}
		return fromCues(ex, cues)
	})
}

// vttLanguage returns the language that the header names.
func vttLanguage(lines []string) string {
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			break
		}
		if lang, ok := strings.CutPrefix(line, "Language:"); ok {
			return langOf(lang)
		}
	}
	return ""
}

// langOf takes the language off a tag such as zh-CN.
func langOf(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	tag, _, _ = strings.Cut(tag, "_")
	return tag
}

// voices cuts a cue at its voice tags and takes marks and entities out.
func voices(c cue) []cue {
	if spoken, ok := teamsCue(c); ok {
		return []cue{spoken}
	}
	marks := voice.FindAllStringSubmatchIndex(c.text, -1)
	if marks == nil {
		c.text = plainVTT(c.text)
		return dashed(c)
	}
	var cues []cue
	if before := plainVTT(c.text[:marks[0][0]]); before != "" {
		cues = append(cues, cue{c.start, c.end, "", joinLines(strings.Split(before, "\n"))})
	}
	for i, m := range marks {
		end := len(c.text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		said := joinLines(strings.Split(plainVTT(c.text[m[1]:end]), "\n"))
		cues = append(cues, cue{c.start, c.end, plainVTT(c.text[m[2]:m[3]]), said})
	}
	return cues
}

func plainVTT(s string) string {
	s = html.UnescapeString(vttTags.ReplaceAllString(s, ""))
	return strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
}

// teamsCue reads the JSON that Teams writes for each cue of a transcript with
// metadata.
func teamsCue(c cue) (cue, bool) {
	if !strings.HasPrefix(c.text, "{") {
		return c, false
	}
	var said struct {
		SpeakerName string `json:"speakerName"`
		SpokenText  string `json:"spokenText"`
	}
	if json.Unmarshal([]byte(c.text), &said) != nil || said.SpokenText == "" {
		return c, false
	}
	return cue{c.start, c.end, said.SpeakerName, strings.TrimSpace(said.SpokenText)}, true
}
