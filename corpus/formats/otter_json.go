package formats

// otterJSON is a speech as Otter's own pages load it. Offsets count samples at
// 16 kHz.
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
		for t := range speech.get("transcripts").items() {
			id := t.any("speaker_id", "speaker_model_label", "label").line()
			s := segment{
				speaker: id,
				text:    t.get("transcript").text(),
				start:   scaled(t.get("start_offset"), 1.0/16),
				end:     scaled(t.get("end_offset"), 1.0/16),
			}
			if name := names[id]; name != "" {
				s.speaker = name
			}
			d.add(s)
		}
	},
}

func otterSpeech(doc keyed) keyed {
	if speech := doc.get("speech"); speech.kind() == '{' {
		return speech
	}
	return doc
}
