package formats

import "callscam/corpus"

// dialogueHistory is what simulators of calls between two language models
// write: the left side calls, the right side is called.
var dialogueHistory = shape{
	name: "dialogue-history",
	sign: `an object with "dialogue_history", a list of items with "role" and "content"`,
	is: func(doc outline) bool {
		return doc.has("dialogue_history")
	},
	read: func(d *draft, call value) {
		sides := map[string]corpus.Role{"left": corpus.Caller, "right": corpus.Callee}
		for t := range call.get("dialogue_history").items() {
			s := plainSegment(t.any("content", "text").text())
			s.speaker = t.get("role").line()
			s.role = sides[s.speaker]
			d.add(s)
		}
	},
}
