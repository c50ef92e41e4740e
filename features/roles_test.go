package features

import (
	"strings"
	"testing"

	"callscam/corpus"
)

func TestRoles(t *testing.T) {
	c := defaultCatalog(t)
	scam := []string{
		"This is Officer Hale of the federal fraud unit. Your account was used for money laundering and a warrant is out for your arrest.",
		"What do I have to do?",
		"Don't tell anybody, move your savings to the safe account we opened for you and read me the code that you get.",
		"All right.",
	}
	for _, k := range []struct {
		name   string
		names  [2]string
		turns  []string
		remote string // the name that is taken for the remote party
		warns  string
	}{
		{"stated", [2]string{"caller", "callee"}, scam, "caller", ""},
		{"swapped", [2]string{"callee", "caller"}, scam, "callee", "roles exchanged"},
		{"unknown", [2]string{"A", "B"}, scam, "A", "roles inferred"},
		{"a caller beside an agent", [2]string{"agent", "caller"}, []string{"Thank you for calling, how can I help?", "My card is blocked.", "One moment please."}, "agent", ""},
		{"mild words of an owner", [2]string{"callee", "caller"}, []string{"This is urgent, I need it today.", "Your order is on its way.", "Good."}, "caller", ""},
	} {
		var call corpus.Transcript
		for i, text := range k.turns {
			who := k.names[i%2]
			call.Turns = append(call.Turns, corpus.Turn{Speaker: who, Role: corpus.RoleOf(who), Text: text})
		}
		d := NewAnalyzer(c).Read(&call)
		for i, role := range d.Roles {
			if want := call.Turns[i].Speaker == k.remote; role.Remote() != want || role.Owner() == want {
				t.Errorf("%s: turn %d: role %v", k.name, i+1, role)
			}
		}
		if got := strings.Join(d.Warnings, "; "); !strings.HasPrefix(got, k.warns) || k.warns == "" && got != "" {
			t.Errorf("%s: warnings %q, want %q", k.name, got, k.warns)
		}
	}
}
