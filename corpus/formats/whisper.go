package formats

import "iter"

// whisper is what openai-whisper writes, and its web service when asked for
// verbose JSON.
var whisper = shape{
	name: "whisper",
	sign: `an object with "text" and "segments", each of these with "avg_logprob"`,
	is: func(doc outline) bool {
		return doc.has("text", "segments") && (doc.has("language") || doc.get("segments").first().has("avg_logprob"))
	},
	read: readWhisper,
}

// fasterWhisper has no writer of its own: people dump its list of segments,
// bare or under a key.
var fasterWhisper = shape{
	name: "faster-whisper",
	sign: `a list of segments with "start", "end" and "text", bare or under "segments"`,
	is: func(doc outline) bool {
		return doc.get("transcript").kind() != '{' && doc.get("segments").first().has("start", "end", "text")
	},
	whole: func(item outline) bool {
		return item.has("start", "end", "text")
	},
	read: readWhisper,
}

func readWhisper(d *draft, call value) {
	d.language(call.any("language").text())
	d.language(call.get("info", "language").text())
	segments := call
	if call.kind() == '{' {
		segments = call.get("segments")
	}
	for s := range segments.items() {
		d.add(whisperSegment(s))
	}
	if len(d.segments) == 0 {
		d.add(plainSegment(call.get("text").text()))
	}
}

func whisperSegment(s value) segment {
	return segment{
		speaker:     speakerName(s.get("speaker")),
		text:        s.get("text").text(),
		start:       seconds(s.get("start")),
		end:         seconds(s.get("end")),
		noSpeech:    s.get("no_speech_prob").number(),
		logProb:     s.get("avg_logprob").number(),
		compression: s.get("compression_ratio").number(),
	}
}

// whisperX adds speakers, of which words and segments may lack any.
var whisperX = shape{
	name: "whisperx",
	sign: `an object with "segments" of which some have a "speaker", or with "word_segments"`,
	is: func(doc outline) bool {
		segments := doc.get("segments")
		if segments.kind() != '[' || doc.get("transcript").kind() == '{' {
			return false
		}
		return doc.has("word_segments") || someHas(segments.items(), "speaker")
	},
	read: readWhisperX,
}

func someHas(items iter.Seq[value], key string) bool {
	for item := range items {
		if item.has(key) {
			return true
		}
	}
	return false
}

func readWhisperX(d *draft, call value) {
	d.language(call.get("language").text())
	for s := range call.get("segments").items() {
		seg := whisperSegment(s)
		speaker, start, end := fromWords(s.get("words"))
		if seg.speaker == "" {
			seg.speaker = speaker
		}
		if seg.start < 0 {
			seg.start = start
		}
		if seg.end < 0 {
			seg.end = end
		}
		d.add(seg)
	}
	if len(d.segments) == 0 {
		d.add(plainSegment(call.get("text").text()))
	}
}
