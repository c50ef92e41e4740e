package formats

import "callscam/corpus"

// otterJSON is a speech as Otter's own pages load it. Nothing of this was read
// in a document of Otter's, which describes its text alone: the keys are
// assumed, and so is that offsets count samples at 16 kHz. Where these do not
// fit the length that the speech states, there are no times, and a warning.
var otterJSON = shape{
	name: "otter-json",
	sign: `an object with "transcripts" of a "transcript" and "start_offset", bare or under "speech"`,
	is: func(doc outline) bool {
		return otterSpeech(doc).get("transcripts").first().has("transcript", "start_offset")
	},
	read: func(d *draft, call value) {
		speech := otterSpeech(call)
		d.ID = speech.get("otid").line()
		names := map[string]string{}
		for s := range speech.get("speakers").items() {
			names[s.any("speaker_id", "id").line()] = s.any("speaker_name", "name").line()
		}
		fits := otterSamples(speech)
		if !fits {
			d.Warnings = append(d.Warnings, warnOtter)
		}
		for t := range speech.get("transcripts").items() {
			id := t.any("speaker_id", "speaker_model_label", "label").line()
			s := segment{
				speaker: id,
				text:    t.get("transcript").text(),
				start:   corpus.NoTime,
				end:     corpus.NoTime,
			}
			if fits {
				s.start, s.end = scaled(t.get("start_offset"), 1.0/16), scaled(t.get("end_offset"), 1.0/16)
			}
			if name := names[id]; name != "" {
				s.speaker = name
			}
			d.add(s)
		}
	},
}

const warnOtter = "offsets were not read as times: counted in samples of 16 kHz they do not fit the length of the speech"

// otterSamples reports whether the last offset fits the duration, which is in
// seconds, if the speech has one.
func otterSamples(speech keyed) bool {
	length := speech.get("duration").number()
	if length == nil || *length <= 0 {
		return true
	}
	last := 0.0
	for t := range speech.get("transcripts").items() {
		if end := t.any("end_offset", "start_offset").number(); end != nil {
			last = max(last, *end)
		}
	}
	seconds := last / 16_000
	return last == 0 || seconds <= *length+60 && seconds*60 >= *length
}

func otterSpeech(doc keyed) keyed {
	if speech := doc.get("speech"); speech.kind() == '{' {
		return speech
	}
	return doc
}
