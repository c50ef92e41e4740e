package features

import (
	"slices"

	"callscam/corpus"
)

// attribute settles who is the remote party and turns marks into evidence.
func (d *Document) attribute(c *Catalog) {
	var heard sides
	heard.reset(c, d.nspeakers)
	for i := range d.speakers {
		heard.hear(d, i)
	}
	a := heard.answer(d.nspeakers)
	d.swapped = a.swapped
	d.Roles = make([]corpus.Role, len(d.speakers))
	for i, s := range d.speakers {
		role := a.role(heard.roles[s], s)
		d.Roles[i] = role
		for _, m := range d.marksOf(i) {
			if c.Tactics[m.tactic].Kind != Cue {
				d.Evidence = append(d.Evidence, m.evidence(i, role))
			}
		}
	}
}

func (d *Document) marksOf(turn int) []mark { return d.marks[d.turnMarks[turn]:d.turnMarks[turn+1]] }

// evidence returns what the mark amounts to in the mouth of a role.
func (m *mark) evidence(turn int, role corpus.Role) Evidence {
	e := Evidence{Tactic: m.tactic, Polarity: m.polarity, Turn: turn, Role: role, Span: m.span}
	if role.Owner() && e.Polarity == Asserted {
		e.Polarity = SaidByOwner
	}
	return e
}

// sides is what was heard so far of each speaker that tells who called whom.
type sides struct {
	catalog *Catalog
	roles   []corpus.Role // stated
	weight  []float64     // how much it sounds like a caller
	words   []int
	kinds   []int    // distinct scam tactics asserted
	known   [][]bool // which, by tactic
}

func (s *sides) reset(c *Catalog, speakers int) {
	s.catalog = c
	for len(s.known) < speakers {
		s.roles, s.weight, s.words, s.kinds = append(s.roles, corpus.Unknown), append(s.weight, 0), append(s.words, 0), append(s.kinds, 0)
		s.known = append(s.known, make([]bool, len(c.Tactics)))
	}
	for i := range speakers {
		s.roles[i], s.weight[i], s.words[i], s.kinds[i] = corpus.Unknown, 0, 0, 0
		clear(s.known[i])
	}
}

// hear adds one turn.
func (s *sides) hear(d *Document, turn int) {
	who := d.speakers[turn]
	s.roles[who] = d.Transcript.Turns[turn].Role
	s.words[who] += len(d.Words[turn])
	for _, m := range d.marksOf(turn) {
		s.weight[who] += m.callers(s.catalog)
		if m.polarity == Asserted && s.catalog.Tactics[m.tactic].Kind == ScamTactic && !s.known[who][m.tactic] {
			s.known[who][m.tactic] = true
			s.kinds[who]++
		}
	}
}

// callers returns how much the mark makes its speaker sound like a caller.
func (m *mark) callers(c *Catalog) float64 {
	t := c.Tactics[m.tactic]
	switch {
	case t.Effect == OwnerSide:
		return -t.Strength
	case t.Effect == RemoteSide, m.polarity == Asserted, m.polarity == Negated:
		return t.Strength
	}
	return 0
}

// answer says who is who: the speaker who is taken for the remote party, or -1
// when that is stated; whether the call has an agent, which makes a customer of
// who calls; and whether the stated sides are exchanged.
type answer struct {
	remote  int
	agent   bool
	swapped bool
}

// number tells the answers for a call of so many speakers apart, from 0.
func (a answer) number(speakers int) int {
	n := a.remote + 1
	if a.agent {
		n += speakers + 1
	}
	if a.swapped {
		n += 2 * (speakers + 1)
	}
	return n
}

// answers is how many there are.
func answers(speakers int) int { return 4 * (speakers + 1) }

// answer weighs what was heard of the first speakers. Stated roles stand,
// unless what is said contradicts them. A lone speaker is a recording or a
// voicemail: the remote party. Of several without stated roles the one whose
// words are most a caller's is the remote party; ties go to the one who says
// more.
func (s *sides) answer(speakers int) answer {
	a := answer{remote: -1, agent: slices.Contains(s.roles[:speakers], corpus.Agent)}
	open, stated := false, false
	for i, role := range s.roles[:speakers] {
		stated = stated || role.Remote()
		if role != corpus.Unknown {
			continue
		}
		open = true
		if best := a.remote; best < 0 || s.weight[i] > s.weight[best] || s.weight[i] == s.weight[best] && s.words[i] > s.words[best] {
			a.remote = i
		}
	}
	if stated {
		a.remote = -1
	}
	if !open {
		a.swapped = s.contradicted(a, speakers)
	}
	return a
}

// Stated roles are doubted when the owner's words are more a caller's than the
// remote party's by the strength of two or three tactics, and of three kinds at
// least: people who retell or mock a scam seldom go through so much of it.
const (
	contradiction = 9
	contradicting = 3
)

// contradicted reports whether the owner says what callers say and the remote
// party does not: channels get mixed up.
func (s *sides) contradicted(a answer, speakers int) bool {
	owner, remote, kinds, both := 0.0, 0.0, 0, 0
	for i := range speakers {
		if a.role(s.roles[i], i).Owner() {
			owner += s.weight[i]
			kinds = max(kinds, s.kinds[i])
			both |= 1
		} else {
			remote += s.weight[i]
			both |= 2
		}
	}
	return both == 3 && owner-remote >= contradiction && kinds >= contradicting
}

// role returns what a speaker is, given the role that is stated.
func (a answer) role(stated corpus.Role, speaker int) corpus.Role {
	switch {
	case stated == corpus.Unknown && speaker == a.remote:
		return corpus.Caller
	case stated == corpus.Unknown:
		return corpus.Callee
	case a.agent && stated == corpus.Caller:
		stated = corpus.Customer
	}
	switch {
	case !a.swapped:
		return stated
	case stated.Owner():
		return corpus.Caller
	}
	return corpus.Callee
}
