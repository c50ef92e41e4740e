package formats

import (
	"strings"

	"callscam/corpus"
)

// amazonContactLens is what Amazon Connect's Contact Lens writes for voice and
// chat, after Amazon's example output files, and what its real-time interface
// gives for voice. Of the latter only the Transcript object was read in Amazon's
// reference; that it stands in a list called Segments beside Categories is
// assumed, and so are the AbsoluteTime and the Type of a chat's items.
var amazonContactLens = shape{
	name: "contact-lens",
	sign: `an object with "Transcript" and "Participants" that have a "ParticipantId", or with "Segments" of a "Transcript"`,
	is: func(doc outline) bool {
		return doc.get("Participants").first().has("ParticipantId") || doc.has("CustomerMetadata") ||
			doc.get("Transcript").first().has("ParticipantId") || someHas(doc.get("Segments").items(), "Transcript")
	},
	read: readAmazonTurns,
}

// amazonCallAnalytics is what Amazon Transcribe Call Analytics writes, where
// participants are roles.
var amazonCallAnalytics = shape{
	name: "call-analytics",
	sign: `an object with "Transcript", a list of items with "ParticipantRole"`,
	is: func(doc outline) bool {
		for _, list := range []string{"Participants", "Transcript"} {
			if first := doc.get(list).first(); first.has("ParticipantRole") && !first.has("ParticipantId") {
				return true
			}
		}
		return false
	},
	read: readAmazonTurns,
}

func readAmazonTurns(d *draft, call value) {
	d.ID = call.any("JobName", "ContactId").line()
	d.language(call.get("LanguageCode").text())
	roles := map[string]string{}
	for p := range call.get("Participants").items() {
		roles[p.get("ParticipantId").line()] = p.get("ParticipantRole").line()
	}
	began := int64(corpus.NoTime)
	for t := range call.get("Transcript").items() {
		if at, ok := instant(t.get("AbsoluteTime").line()); ok && began == corpus.NoTime {
			began = at
		}
		d.amazonTurn(t, roles, began)
	}
	for s := range call.get("Segments").items() {
		d.amazonTurn(s.get("Transcript"), roles, began)
	}
}

func (d *draft) amazonTurn(t value, roles map[string]string, began int64) {
	if kind := t.get("Type").line(); kind != "" && !strings.EqualFold(kind, "MESSAGE") {
		return
	}
	id := t.get("ParticipantId").line()
	role := t.get("ParticipantRole").line()
	if role == "" {
		role = roles[id]
	}
	s := segment{
		speaker: role,
		role:    amazonRole(role),
		text:    t.get("Content").text(),
		start:   millis(t.get("BeginOffsetMillis")),
		end:     millis(t.get("EndOffsetMillis")),
	}
	if s.speaker == "" {
		s.speaker = id
	}
	if at, ok := instant(t.get("AbsoluteTime").line()); ok && s.start == corpus.NoTime {
		s.start = rounded(float64(at - began))
	}
	d.add(s)
}

func amazonRole(role string) corpus.Role {
	if strings.HasSuffix(role, "BOT") {
		return corpus.IVR
	}
	return corpus.RoleOf(role)
}
