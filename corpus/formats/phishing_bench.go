package formats

import "callscam/corpus"

// phishingBench is the shape of MT-PhishingBench: turns as everywhere, beside
// labels of its own.
var phishingBench = shape{
	name: "phishing-bench",
	sign: `an object with "turns" and "modus_operandi" or "fraud_type"`,
	is: func(doc outline) bool {
		return doc.has("turns") && (doc.has("modus_operandi") || doc.has("fraud_type"))
	},
	read: func(d *draft, call value) {
		d.ID, d.Source = call.get("id").line(), call.get("source").line()
		d.language(call.any("lang", "language").text())
		d.Label = benchLabel(d, call.get("label").line())
		for t := range call.get("turns").items() {
			s := plainSegment(t.get("text").text())
			s.speaker = t.get("speaker").line()
			s.role = corpus.RoleOf(t.get("role").line())
			s.start, s.end = millis(t.get("start_ms")), millis(t.get("end_ms"))
			d.add(s)
		}
	},
}

func benchLabel(d *draft, name string) corpus.Label {
	switch name {
	case "positive":
		return corpus.Scam
	case "negative":
		return corpus.Legit
	}
	label, err := corpus.ParseLabel(name)
	if err != nil {
		d.Warnings = append(d.Warnings, err.Error())
	}
	return label
}
