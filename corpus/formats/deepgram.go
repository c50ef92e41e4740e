package formats

import "strconv"

// deepgram tells the same words up to four times; the form nearest to turns is
// taken: utterances, else paragraphs, else words, else the bare transcript.
var deepgram = shape{
	name: "deepgram",
	sign: `an object with "results", which has "channels"`,
	is: func(doc outline) bool {
		return doc.get("results", "channels").kind() == '['
	},
	read: func(d *draft, call value) {
		d.byTime = true
		d.ID = call.get("metadata", "request_id").line()
		channels := call.get("results", "channels")
		d.language(channels.first().get("detected_language").text())
		for u := range call.get("results", "utterances").items() {
			d.add(segment{
				speaker: speakerName(u.any("speaker")),
				channel: u.any("channel").line(),
				text:    u.get("transcript").text(),
				start:   seconds(u.get("start")),
				end:     seconds(u.get("end")),
			})
		}
		if len(d.segments) == 0 {
			d.deepgramChannels(channels)
		}
	},
}

func (d *draft) deepgramChannels(channels value) {
	several := atLeast(2, channels.items())
	n := 0
	for c := range channels.items() {
		best := c.get("alternatives").first()
		from := len(d.segments)
		d.language(best.get("languages").first().text())
		d.paragraphs(best.get("paragraphs", "paragraphs"))
		if len(d.segments) == from {
			d.deepgramWords(best.get("words"), several)
			d.sentences = several
		}
		if len(d.segments) == from {
			d.add(plainSegment(best.get("transcript").text()))
		}
		for i := from; i < len(d.segments); i++ {
			d.segments[i].channel = strconv.Itoa(n)
		}
		n++
	}
}

func (d *draft) paragraphs(list value) {
	for p := range list.items() {
		t := talk{draft: d}
		for s := range p.get("sentences").items() {
			t.word(segment{
				speaker: speakerName(p.any("speaker")),
				text:    s.get("text").line(),
				start:   seconds(s.get("start")),
				end:     seconds(s.get("end")),
			}, false)
		}
		t.flush()
	}
}

func (d *draft) deepgramWords(words value, cut bool) {
	t := talk{draft: d, cut: cut}
	for w := range words.items() {
		t.word(segment{
			speaker: speakerName(w.any("speaker")),
			text:    w.any("punctuated_word", "word").line(),
			start:   seconds(w.get("start")),
			end:     seconds(w.get("end")),
		}, false)
	}
	t.flush()
}
