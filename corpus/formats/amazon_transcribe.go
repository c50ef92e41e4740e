package formats

import "callscam/corpus"

// amazonTranscribe is what Amazon Transcribe's batch jobs write: words, each
// with a speaker or on a channel, and all numbers as strings in seconds.
var amazonTranscribe = shape{
	name: "amazon-transcribe",
	sign: `an object with "results", which has "transcripts" and "items"`,
	is: func(doc outline) bool {
		results := doc.get("results")
		return results.has("transcripts") || results.has("items") && doc.has("jobName")
	},
	read: readAmazonTranscribe,
}

func readAmazonTranscribe(d *draft, call value) {
	d.ID = call.get("jobName").line()
	results := call.get("results")
	d.language(results.any("language_code").text())
	d.audioSegments(results.get("audio_segments"))
	if len(d.segments) == 0 {
		d.amazonChannels(results.any("channel_labels").get("channels"))
	}
	if len(d.segments) == 0 {
		d.amazonItems(results.get("items"), amazonSpeakers(results.get("speaker_labels", "segments")), false)
	}
	if len(d.segments) == 0 {
		d.add(plainSegment(results.get("transcripts").first().get("transcript").text()))
	}
}

func (d *draft) audioSegments(list value) {
	for s := range list.items() {
		d.add(segment{
			speaker: s.get("speaker_label").line(),
			channel: s.get("channel_label").line(),
			text:    s.get("transcript").text(),
			start:   seconds(s.get("start_time")),
			end:     seconds(s.get("end_time")),
		})
	}
	d.byTime = true
}

func (d *draft) amazonChannels(channels value) {
	for c := range channels.items() {
		n := len(d.segments)
		d.amazonItems(c.get("items"), nil, true)
		for i := n; i < len(d.segments); i++ {
			d.segments[i].channel = c.get("channel_label").line()
		}
	}
	if len(d.segments) > 0 {
		d.byTime, d.sentences = true, true
	}
}

// amazonItems walks over the words. Punctuation has neither time nor, in some
// files, speaker: it goes with the word before it.
func (d *draft) amazonItems(items value, speakers map[int64]string, cut bool) {
	t := talk{draft: d, cut: cut}
	last := ""
	for item := range items.items() {
		w := segment{
			text:  item.get("alternatives").first().get("content").line(),
			start: seconds(item.get("start_time")),
			end:   seconds(item.get("end_time")),
		}
		punctuation := item.get("type").line() == "punctuation"
		switch speaker := item.get("speaker_label").line(); {
		case punctuation:
			w.speaker = last
		case speaker != "":
			w.speaker = speaker
		case w.start != corpus.NoTime:
			w.speaker = speakers[w.start]
		}
		last = w.speaker
		t.word(w, punctuation)
	}
	t.flush()
}

// amazonSpeakers tells from older files, whose words name no speaker, who
// speaks the word that begins at a time.
func amazonSpeakers(segments value) map[int64]string {
	speakers := map[int64]string{}
	for s := range segments.items() {
		for item := range s.get("items").items() {
			speakers[seconds(item.get("start_time"))] = item.get("speaker_label").line()
		}
	}
	return speakers
}
