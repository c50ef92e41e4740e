package features

import (
	"slices"

	"callscam/corpus"
)

// RoleScore is how often the remote party is told from the owner when nobody's
// role is stated.
type RoleScore struct {
	Calls int // with both parties, and their roles stated
	Right int // both sides' words given to the right side by majority
}

// CompareRoles takes the stated roles and the speakers' names from calls and
// counts how often what is said gives the roles back. A call counts when a
// remote party and an owner are stated in it.
func (c *Catalog) CompareRoles(calls []corpus.Example) RoleScore {
	var score RoleScore
	a := NewAnalyzer(c)
	for i := range calls {
		call, stated := nameless(&calls[i])
		if call == nil {
			continue
		}
		score.Calls++
		if agree(a.Read(call), stated) {
			score.Right++
		}
	}
	return score
}

// nameless returns the call with one made-up name for each speaker and no role,
// and the roles that were stated; nil where a side is missing.
func nameless(e *corpus.Example) (*corpus.Transcript, []corpus.Role) {
	call := e.Transcript
	call.Turns = slices.Clone(e.Turns)
	var names []string
	stated := make([]corpus.Role, len(call.Turns))
	remote, owner := false, false
	for i := range call.Turns {
		turn := &call.Turns[i]
		stated[i] = statedRole(e, turn)
		remote, owner = remote || stated[i].Remote(), owner || stated[i].Owner()
		n := slices.Index(names, turn.Speaker)
		if n < 0 {
			n = len(names)
			names = append(names, turn.Speaker)
		}
		turn.Speaker, turn.Role = string(rune('A'+n%26)), corpus.Unknown
	}
	if !remote || !owner {
		return nil, nil
	}
	return &call, stated
}

// statedRole returns a turn's role, or the one that follows from the header
// that names the remote speaker.
func statedRole(e *corpus.Example, turn *corpus.Turn) corpus.Role {
	switch {
	case turn.Role != corpus.Unknown || e.Remote == "":
		return turn.Role
	case turn.Speaker == e.Remote:
		return corpus.Caller
	}
	return corpus.Callee
}

// agree reports whether most words of a stated role were given to its side.
func agree(d *Document, stated []corpus.Role) bool {
	right, wrong := 0, 0
	for i, role := range stated {
		switch n := len(d.Words[i]); {
		case role.Remote() && d.Roles[i].Remote(), role.Owner() && d.Roles[i].Owner():
			right += n
		case role.Remote(), role.Owner():
			wrong += n
		}
	}
	return right > wrong
}
