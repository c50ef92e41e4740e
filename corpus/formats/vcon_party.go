package formats

import (
	"fmt"
	"slices"

	"callscam/corpus"
)

// party returns the name and role of a dialog's party. Where no party states
// its role, the originator, which is the first party unless the dialog says
// otherwise, is the caller.
func (r *vconReader) party(d *vconPart, n int) (string, corpus.Role) {
	if n < 0 || n >= len(r.file.Parties) {
		return "", corpus.Unknown
	}
	p := &r.file.Parties[n]
	role := corpus.RoleOf(string(p.Role))
	if r.own != nil {
		return string(p.Name), role
	}
	name := string(p.Name)
	for _, other := range []softString{p.Tel, p.Mailto, p.SIP} {
		if name == "" {
			name = string(other)
		}
	}
	if name == "" {
		name = fmt.Sprintf("party %d", n)
	}
	if len(r.file.Parties) > 2 || slices.ContainsFunc(r.file.Parties, statesRole) {
		return name, role
	}
	return name, map[bool]corpus.Role{true: corpus.Caller, false: corpus.Callee}[n == r.originator(d)]
}

func statesRole(p vconParty) bool {
	return corpus.RoleOf(string(p.Role)) != corpus.Unknown || corpus.RoleOf(string(p.Name)) != corpus.Unknown
}

func (r *vconReader) originator(d *vconPart) int {
	// A text's sender stands first in its own parties, so that only what the
	// first dialog says tells who began.
	if d.Originator != nil {
		return *d.Originator
	}
	if len(r.file.Dialog) > 0 && r.file.Dialog[0].Originator != nil {
		return *r.file.Dialog[0].Originator
	}
	return 0
}
