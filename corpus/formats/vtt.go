package formats

import (
	"bytes"
	"encoding/json"
	"html"
	"iter"
	"slices"
	"strings"

	"callscam/corpus"
)

func isVTT(head []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(head), []byte("WEBVTT")) }

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
	var cues []cue
	var said strings.Builder
	speaker, voiced := "", false
	flush := func() {
		if text := plainVTT(said.String()); text != "" {
			cues = append(cues, cue{c.start, c.end, speaker, joinLines(strings.Split(text, "\n"))})
		}
		said.Reset()
	}
	for text := c.text; text != ""; {
		before, tag, after := cutTag(text)
		said.WriteString(before)
		if name, ok := voiceName(tag); ok {
			flush()
			speaker, voiced = plainVTT(name), true
		}
		text = after
	}
	if !voiced {
		return dashed(cue{c.start, c.end, "", plainVTT(said.String())})
	}
	flush()
	return cues
}

// longestTag bounds a tag in bytes, so that a < that never closes is text.
const longestTag = 256

// cutTag cuts a text around its first tag; a < that begins none is text.
func cutTag(text string) (before, tag, after string) {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			return text, "", ""
		}
		at += i
		end := strings.IndexByte(text[at:min(len(text), at+longestTag)], '>')
		if end > 0 && isTag(text[at+1:at+end]) {
			return text[:at], text[at+1 : at+end], text[at+end+1:]
		}
		at++
	}
}

// isTag reports whether what stands in angle brackets is WebVTT's.
func isTag(tag string) bool {
	tag = strings.TrimPrefix(tag, "/")
	if tag == "" {
		return false
	}
	if tag[0] >= '0' && tag[0] <= '9' {
		return strings.Trim(tag, "0123456789:.") == ""
	}
	name := tag
	if i := strings.IndexAny(tag, ". \t\n"); i >= 0 {
		name = tag[:i]
	}
	return slices.Contains([]string{"v", "c", "i", "b", "u", "ruby", "rt", "lang"}, name)
}

// voiceName returns the name of a voice tag: "v Name" or "v.class Name".
func voiceName(tag string) (string, bool) {
	class, name, ok := strings.Cut(tag, " ")
	return name, ok && (class == "v" || strings.HasPrefix(class, "v."))
}

func plainVTT(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(html.UnescapeString(s), "\u00a0", " "))
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
