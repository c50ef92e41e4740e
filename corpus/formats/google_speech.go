package formats

import (
	"iter"

	"callscam/corpus"
)

// googleSpeech is what Google's Speech-to-Text gives in its versions 1 and 2,
// also inside an operation's response, also with keys in snake case.
var googleSpeech = shape{
	name: "google-speech",
	sign: `an object with "results", a list of items with "alternatives", bare or under "response"`,
	is: func(doc outline) bool {
		return atLeast(1, googleResults(doc))
	},
	calls: func(doc value) iter.Seq[value] { return googleResults(doc) },
	read:  readGoogle,
}

// googleResults yields lists of results: one, or one for each file of a batch.
func googleResults(doc keyed) iter.Seq[value] {
	return func(yield func(value) bool) {
		for _, results := range []value{doc.get("results"), doc.get("response", "results")} {
			if results.kind() == '[' && results.first().has("alternatives") {
				yield(results)
				return
			}
			if results.kind() == '{' {
				for _, file := range results.fields() {
					for _, inner := range []value{file.get("transcript", "results"), file.get("inlineResult", "transcript", "results")} {
						if inner.first().has("alternatives") && !yield(inner) {
							return
						}
					}
				}
			}
		}
	}
}

func readGoogle(d *draft, results value) {
	final := someHas(results.items(), "isFinal") || someHas(results.items(), "is_final")
	summary := speakerSummary(results)
	for r := range results.items() {
		if final && string(r.any("isFinal", "is_final")) != "true" {
			continue
		}
		d.language(r.any("languageCode", "language_code").text())
		best := r.get("alternatives").first()
		switch {
		case summary != nil:
		case speaking(best):
			d.googleWords(best.get("words"))
		default:
			d.googleResult(r, best)
		}
	}
	if summary != nil {
		d.googleWords(summary)
	}
}

// speakerSummary returns the words of the last result where they are those of
// all results once more, as version 1 gives them with their speakers.
func speakerSummary(results value) value {
	var first, last value
	for r := range results.items() {
		best := r.get("alternatives").first()
		if first == nil {
			first = best
		}
		last = best
	}
	if !speaking(last) || string(first) == string(last) {
		return nil
	}
	begin, again := googleStart(first.get("words").first()), googleStart(last.get("words").first())
	if last.get("transcript").line() == "" || !speaking(first) || begin != corpus.NoTime && begin == again {
		return last.get("words")
	}
	return nil
}

func speaking(alternative value) bool {
	return googleSpeaker(alternative.get("words").first()) != ""
}

func googleSpeaker(w value) string {
	if name := w.any("speakerLabel", "speaker_label", "speakerTag", "speaker_tag").line(); name != "0" {
		return name
	}
	return ""
}

func googleStart(w value) int64 {
	return duration(w.any("startTime", "start_time", "startOffset", "start_offset"))
}

func googleEnd(w value) int64 {
	return duration(w.any("endTime", "end_time", "endOffset", "end_offset"))
}

func (d *draft) googleWords(words value) {
	t := talk{draft: d}
	for w := range words.items() {
		t.word(segment{speaker: googleSpeaker(w), text: w.get("word").line(), start: googleStart(w), end: googleEnd(w)}, false)
	}
	t.flush()
}

func (d *draft) googleResult(r, best value) {
	s := segment{
		channel: r.any("channelTag", "channel_tag").line(),
		text:    best.get("transcript").text(),
		start:   googleStart(best.get("words").first()),
		end:     duration(r.any("resultEndTime", "result_end_time", "resultEndOffset", "result_end_offset")),
	}
	for w := range best.get("words").items() {
		if end := googleEnd(w); end != corpus.NoTime {
			s.end = end
		}
	}
	d.add(s)
}
