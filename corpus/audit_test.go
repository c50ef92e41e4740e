package corpus

import (
	"strings"
	"testing"
)

func said(id, group string, label Label, lines ...string) Example {
	e := Example{Label: label, Group: group, Transcript: Transcript{ID: id, Path: id + ".txt"}}
	for _, l := range lines {
		e.Turns = append(e.Turns, Turn{Speaker: "A", Text: l})
	}
	return e
}

func TestAudit(t *testing.T) {
	long := "the courier came by this morning and left the parcel with the lady at number nine because nobody was in"
	calls := []Example{
		said("fine", "g1", Legit, "hello is that the garage, i'm ringing about the brakes"),
		said("one", "g2", Scam, long),
		said("two", "g3", Scam, strings.ToUpper(long)+" at all"),
		said("three", "g4", Legit, strings.Replace(long, "morning", "evening", 1)),
		said("chinese", "g5", Legit, "师傅您好那个快递放在驿站就可以了我晚上下班再去取一下谢谢"),
		said("chinese2", "g6", Legit, "师傅你好那个快递放在驿站就可以了我晚上下班再去取一下谢谢"),
		said("phone", "g7", Legit, "ring me on 020 7946 0958 11 then"),
		said("mail", "g8", Legit, "it's somebody@example.org"),
		said("site", "g9", Legit, "look at www.example.org"),
		said("alone", "", Legit, "no group here"),
		said("harm", "g10", Legit, "paid"),
		said("fine", "g11", Legit, "the id is taken"),
	}
	calls[10].HarmTurn = 3
	var got []string
	for _, f := range Audit(calls) {
		got = append(got, f.Kind+" "+f.Call+": "+f.Text)
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{
		"duplicate two: ", "conflict three: ", "duplicate chinese2: ", "personal phone: turn 1 holds what looks like a card",
		"personal mail: turn 1 holds what looks like an e-mail address", "personal site: turn 1 holds what looks like a web address",
		"header alone: no group", "header harm: harm-turn 3 of 1 turns", "header harm: a harm-turn in a legitimate call", "header fine: the id is taken by fine.txt",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no finding %q in\n%s", want, all)
		}
	}
	if strings.Contains(all, " one: ") || strings.Contains(all, " chinese: ") {
		t.Errorf("a finding about a call that is first of its kind:\n%s", all)
	}
}
