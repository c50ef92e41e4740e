package features

import (
	"slices"

	"callscam/corpus"
)

// attribute settles who is the remote party and turns marks into evidence.
func (d *Document) attribute(c *Catalog) {
	bySpeaker := d.speakerRoles(c)
	d.Roles = make([]corpus.Role, len(d.speakers))
	for i, s := range d.speakers {
		role := bySpeaker[s]
		d.Roles[i] = role
		for _, m := range d.marks[d.turnMarks[i]:d.turnMarks[i+1]] {
			if c.Tactics[m.tactic].Kind == Cue {
				continue
			}
			e := Evidence{Tactic: m.tactic, Polarity: m.polarity, Turn: i, Role: role, Span: m.span}
			if role.Owner() && e.Polarity == Asserted {
				e.Polarity = SaidByOwner
			}
			d.Evidence = append(d.Evidence, e)
		}
	}
}

// speakerRoles gives every speaker a role. Stated roles stand. A lone speaker
// is a recording or a voicemail: the remote party. Of several without stated
// roles the one whose words are most a caller's is the remote party.
func (d *Document) speakerRoles(c *Catalog) []corpus.Role {
	roles := make([]corpus.Role, d.nspeakers)
	open := 0
	remote := false
	agent := false
	for i, s := range d.speakers {
		roles[s] = d.Transcript.Turns[i].Role
		remote = remote || roles[s].Remote()
		agent = agent || roles[s] == corpus.Agent
	}
	for s := range roles {
		if agent && roles[s] == corpus.Caller {
			// Who calls an agent is a customer, and the phone's owner.
			roles[s] = corpus.Customer
		}
	}
	for _, r := range roles {
		if r == corpus.Unknown {
			open++
		}
	}
	switch {
	case open == 0:
		d.mendSwapped(c, roles)
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

// mendSwapped exchanges the stated roles of a call in which the owner says what
// callers say and the remote party does not: channels get mixed up.
func (d *Document) mendSwapped(c *Catalog, roles []corpus.Role) {
	weight, _ := d.weigh(c)
	side := map[bool]float64{}
	for s, w := range weight {
		side[roles[s].Owner()] += w
	}
	remote := slices.IndexFunc(roles, corpus.Role.Remote)
	owner := slices.IndexFunc(roles, corpus.Role.Owner)
	if remote < 0 || owner < 0 || side[true]-side[false] < contradiction || d.ownersTactics(c, roles) < contradicting {
		return
	}
	from, to := roles[remote], roles[owner]
	for s := range roles {
		if roles[s].Owner() {
			roles[s] = from
		} else {
			roles[s] = to
		}
	}
	d.swapped = true
}

// Stated roles are doubted when the owner's words are more a caller's than the
// remote party's by the strength of two or three tactics, and of three kinds at
// least: people who retell or mock a scam seldom go through so much of it.
const (
	contradiction = 9
	contradicting = 3
)

// likelyRemote returns the speaker without a role whose words are most a
// caller's. Ties go to the one who says more.
func (d *Document) likelyRemote(c *Catalog, roles []corpus.Role) int {
	weight, words := d.weigh(c)
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

// weigh returns, for every speaker, how much tactics and the words of somebody
// who calls on business outweigh the words of somebody who is called, and how
// many words there are.
func (d *Document) weigh(c *Catalog) (weight []float64, words []int) {
	weight = make([]float64, d.nspeakers)
	words = make([]int, d.nspeakers)
	for i, s := range d.speakers {
		words[s] += len(d.Words[i])
		for _, m := range d.marks[d.turnMarks[i]:d.turnMarks[i+1]] {
			t := c.Tactics[m.tactic]
			switch {
			case t.Effect == OwnerSide:
				weight[s] -= t.Strength
			case t.Effect == RemoteSide:
				weight[s] += t.Strength
			case m.polarity == Asserted || m.polarity == Negated:
				weight[s] += t.Strength
			}
		}
	}
	return weight, words
}

// ownersTactics counts the scam tactics in the mouths of stated owners.
func (d *Document) ownersTactics(c *Catalog, roles []corpus.Role) int {
	var seen []int
	for i, s := range d.speakers {
		for _, m := range d.marks[d.turnMarks[i]:d.turnMarks[i+1]] {
			shown := c.Tactics[m.tactic].Kind == ScamTactic && m.polarity == Asserted
			if shown && roles[s].Owner() && !slices.Contains(seen, m.tactic) {
				seen = append(seen, m.tactic)
			}
		}
	}
	return len(seen)
}
