package formats

import "callscam/corpus"

// whisperCPP is what whisper.cpp writes with -oj and -ojf. It escapes nothing
// but quotation marks and backslashes, so that its JSON may be broken.
var whisperCPP = shape{
	name: "whisper.cpp",
	sign: `an object with "transcription", a list of items with "offsets" or "timestamps"`,
	is: func(doc outline) bool {
		first := doc.get("transcription").first()
		return first.has("offsets") || first.has("timestamps")
	},
	read: func(d *draft, call value) {
		d.language(call.get("result", "language").text())
		d.language(call.get("params", "language").text())
		for s := range call.get("transcription").items() {
			d.add(segment{
				speaker: speakerName(s.get("speaker")),
				text:    s.get("text").text(),
				start:   offsetOrClock(s, "from"),
				end:     offsetOrClock(s, "to"),
			})
		}
	},
}

func offsetOrClock(s value, key string) int64 {
	if ms := millis(s.get("offsets", key)); ms != corpus.NoTime {
		return ms
	}
	m := clock.FindStringSubmatch("[" + s.get("timestamps", key).line() + "]")
	if m == nil {
		return corpus.NoTime
	}
	return clockMillis(m)
}
