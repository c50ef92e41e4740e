package features

import "callscam/corpus"

// attribute settles who is the remote party and turns marks into evidence.
func (d *Document) attribute(c *Catalog) {
	bySpeaker := d.speakerRoles(c)
	d.Roles = make([]corpus.Role, len(d.speakers))
	for i, s := range d.speakers {
		role := bySpeaker[s]
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

// speakerRoles gives every speaker a role. Stated roles stand. A lone speaker
// is a recording or a voicemail: the remote party. Of several without stated
// roles the one whose words are most a caller's is the remote party.
func (d *Document) speakerRoles(c *Catalog) []corpus.Role {
	roles := make([]corpus.Role, d.nspeakers)
	open := 0
	remote := false
	for i, s := range d.speakers {
		roles[s] = d.Transcript.Turns[i].Role
		remote = remote || roles[s].Remote()
	}
	for _, r := range roles {
		if r == corpus.Unknown {
			open++
		}
	}
	switch {
	case open == 0:
		return roles
	case d.nspeakers == 1:
		roles[0] = corpus.Caller
		return roles
	}
	if !remote {
		roles[d.likelyRemote(c, roles)] = corpus.Caller
	}
	for s := range roles {
		if roles[s] == corpus.Unknown {
			roles[s] = corpus.Callee
		}
	}
	return roles
}

// likelyRemote weighs what each speaker without a role says: tactics and the
// words of somebody who calls on business for, the words of somebody who is
// called against. Ties go to the one who says more.
func (d *Document) likelyRemote(c *Catalog, roles []corpus.Role) int {
	weight := make([]float64, d.nspeakers)
	words := make([]int, d.nspeakers)
	for i, s := range d.speakers {
		words[s] += len(d.Words[i])
		for _, m := range d.marksOf(i) {
			weight[s] += m.callers(c)
		}
	}
	best := -1
	for s := range weight {
		if roles[s] != corpus.Unknown {
			continue
		}
		if best < 0 || weight[s] > weight[best] || weight[s] == weight[best] && words[s] > words[best] {
			best = s
		}
	}
	return best
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
