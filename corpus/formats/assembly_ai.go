package formats

// assemblyAI gives the times of words and utterances in milliseconds and the
// length of the whole in seconds.
var assemblyAI = shape{
	name: "assemblyai",
	sign: `an object with "utterances", or with "audio_duration", "words" and "status"`,
	is: func(doc outline) bool {
		return doc.has("utterances") || doc.has("audio_duration", "words", "status")
	},
	read: readAssemblyAI,
}

const warnSeconds = "times were read as seconds: taken as milliseconds the call would end long before its audio does"

func readAssemblyAI(d *draft, call value) {
	d.byTime = true
	d.ID = call.get("id").line()
	d.language(call.get("language_code").text())
	unit := 1.0
	if inSeconds(call) {
		unit = 1000
		d.Warnings = append(d.Warnings, warnSeconds)
	}
	piece := func(v value, text string) segment {
		return segment{
			speaker: speakerName(v.any("speaker")),
			channel: v.any("channel").line(),
			text:    text,
			start:   scaled(v.get("start"), unit),
			end:     scaled(v.get("end"), unit),
		}
	}
	for u := range call.get("utterances").items() {
		d.add(piece(u, u.get("text").text()))
	}
	if len(d.segments) == 0 {
		t := talk{draft: d}
		for w := range call.get("words").items() {
			t.word(piece(w, w.get("text").line()), false)
		}
		t.flush()
	}
	if len(d.segments) == 0 {
		d.add(plainSegment(call.get("text").text()))
	}
}

// inSeconds tells files that others wrote in this shape with times in seconds:
// all speech would end within a thousandth of the audio, or, with fractions,
// within a hundredth.
func inSeconds(call value) bool {
	length := call.get("audio_duration").number()
	if length == nil {
		return false
	}
	last, fraction := 0.0, false
	for _, key := range []string{"utterances", "words"} {
		for v := range call.get(key).items() {
			if end := v.get("end").number(); end != nil {
				last = max(last, *end)
				fraction = fraction || *end != float64(int64(*end))
			}
		}
	}
	return last > 0 && (last <= *length+1 || fraction && last < 10**length)
}
