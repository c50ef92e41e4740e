package formats

import (
	"strings"

	"callscam/corpus"
)

// revAI gives monologues of words and punctuation, spaces among the latter.
var revAI = shape{
	name: "revai",
	sign: `an object with "monologues", each with "elements"`,
	is: func(doc outline) bool {
		return doc.has("monologues") || doc.get("monologue").has("elements") || doc.get("monologue").first().has("elements")
	},
	read: func(d *draft, call value) {
		names := map[string]string{}
		for s := range call.get("speakers").items() {
			names[s.get("id").line()] = s.get("name").line()
		}
		list := call.any("monologues", "monologue")
		if list.kind() == '{' {
			d.monologue(list, names)
		}
		for m := range list.items() {
			d.monologue(m, names)
		}
	},
}

func (d *draft) monologue(m value, names map[string]string) {
	s := segment{speaker: speakerName(m.any("speaker")), start: corpus.NoTime, end: corpus.NoTime}
	if name := names[s.speaker]; name != "" {
		s.speaker = name
	}
	var b strings.Builder
	for e := range m.get("elements").items() {
		b.WriteString(e.get("value").text())
		if s.start == corpus.NoTime {
			s.start = seconds(e.get("ts"))
		}
		if end := seconds(e.get("end_ts")); end != corpus.NoTime {
			s.end = end
		}
	}
	s.text = b.String()
	d.add(s)
}
