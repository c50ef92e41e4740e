package formats

import (
	"regexp"
	"strings"

	"callscam/corpus"
)

// funASR is what FunASR's models give, SenseVoice among them, whose text
// carries the tags of language, mood and event.
var funASR = shape{
	name: "funasr",
	sign: `a list of objects with "sentence_info", or with "key" and "text"`,
	is: func(doc outline) bool {
		return doc.has("sentence_info") || doc.has("key", "text")
	},
	read: readFunASR,
}

func readFunASR(d *draft, call value) {
	d.ID = call.get("key").line()
	for s := range call.get("sentence_info").items() {
		d.add(segment{
			speaker: speakerName(s.any("spk", "speaker")),
			text:    d.untagged(s.any("text", "sentence").text()),
			start:   millis(s.get("start")),
			end:     millis(s.get("end")),
		})
	}
	if len(d.segments) == 0 {
		start, end := stampBounds(call.get("timestamp"))
		d.add(segment{text: d.untagged(call.get("text").text()), start: start, end: end})
	}
}

var senseTag = regexp.MustCompile(`<\|([^|<>]*)\|>`)

// senseLanguages are the tags that name what is spoken; the others tell mood,
// event and whether numbers are written as such.
var senseLanguages = map[string]bool{"zh": true, "en": true, "yue": true, "ja": true, "ko": true}

// untagged returns text without SenseVoice's tags, and takes the language from
// them.
func (d *draft) untagged(text string) string {
	if !strings.Contains(text, "<|") {
		return text
	}
	for _, m := range senseTag.FindAllStringSubmatch(text, -1) {
		if senseLanguages[m[1]] {
			d.language(m[1])
		}
	}
	var plain []byte
	for _, piece := range senseTag.Split(text, -1) {
		plain = appendWord(plain, strings.TrimSpace(piece), false)
	}
	return string(plain)
}

// stampBounds returns the beginning of the first and the end of the last of
// [[start, end], …].
func stampBounds(stamps value) (start, end int64) {
	start, end = corpus.NoTime, corpus.NoTime
	for pair := range stamps.items() {
		i := 0
		for at := range pair.items() {
			if i == 0 && start == corpus.NoTime {
				start = millis(at)
			} else if i == 1 {
				end = millis(at)
			}
			i++
		}
	}
	return start, end
}
