package formats

import (
	"iter"

	"callscam/corpus"
)

// azureBatch is what Azure's batch transcription writes. Phrases of different
// channels stand in no order.
var azureBatch = shape{
	name: "azure-batch",
	sign: `an object with "recognizedPhrases"`,
	is: func(doc outline) bool {
		return doc.has("recognizedPhrases") || doc.has("combinedRecognizedPhrases")
	},
	read: func(d *draft, call value) {
		d.byTime = true
		d.language(call.get("locale").text())
		for p := range call.get("recognizedPhrases").items() {
			if status := p.get("recognitionStatus").line(); status != "" && status != "Success" {
				continue
			}
			d.language(p.get("locale").text())
			s := azurePhrase(p)
			s.text = p.get("nBest").first().any("display", "itn", "lexical").text()
			d.add(s)
		}
		if len(d.segments) == 0 {
			d.combined(call.get("combinedRecognizedPhrases"), "display")
		}
	},
}

// azureFast is what Azure's fast transcription answers.
var azureFast = shape{
	name: "azure-fast",
	sign: `an object with "combinedPhrases" and "phrases"`,
	is: func(doc outline) bool {
		return doc.has("combinedPhrases") || doc.get("phrases").first().has("offsetMilliseconds")
	},
	read: func(d *draft, call value) {
		d.byTime = true
		for p := range call.get("phrases").items() {
			d.language(p.get("locale").text())
			s := azurePhrase(p)
			s.text = p.get("text").text()
			d.add(s)
		}
		if len(d.segments) == 0 {
			d.combined(call.get("combinedPhrases"), "text")
		}
	},
}

// azurePhrase reads a phrase's speaker and time, which versions give in
// milliseconds, in ticks of 100 ns or as ISO durations.
func azurePhrase(p value) segment {
	s := segment{speaker: speakerName(p.any("speaker")), channel: p.any("channel").line()}
	s.start = firstKnown(millis(p.any("offsetMilliseconds")), ticks(p.any("offsetInTicks")), duration(p.any("offset")))
	length := firstKnown(millis(p.any("durationMilliseconds")), ticks(p.any("durationInTicks", "durationTicks")), duration(p.any("duration")))
	s.end = plus(s.start, length)
	return s
}

func firstKnown(times ...int64) int64 {
	for _, t := range times {
		if t != corpus.NoTime {
			return t
		}
	}
	return corpus.NoTime
}

func (d *draft) combined(phrases value, key string) {
	for p := range phrases.items() {
		s := plainSegment(p.get(key).text())
		s.channel = p.any("channel").line()
		d.add(s)
	}
}

// azureConversation is what goes into and comes out of Azure's language
// service: conversations of items, each with a participant.
var azureConversation = shape{
	name: "azure-conversation",
	sign: `an object with "conversations", each with "conversationItems", bare or under "analysisInput"`,
	is: func(doc outline) bool {
		return conversations(doc).first().has("conversationItems")
	},
	calls: func(doc value) iter.Seq[value] { return conversations(doc).items() },
	read: func(d *draft, call value) {
		d.ID = call.get("id").line()
		d.language(call.get("language").text())
		for item := range call.get("conversationItems").items() {
			s := plainSegment(item.any("text", "itn", "lexical").text())
			s.speaker = item.any("participantId", "role").line()
			s.role = corpus.RoleOf(item.get("role").line())
			d.language(item.get("language").text())
			d.add(s)
		}
	},
}

func conversations(doc keyed) value {
	if list := doc.get("conversations"); list != nil {
		return list
	}
	return doc.get("analysisInput", "conversations")
}
