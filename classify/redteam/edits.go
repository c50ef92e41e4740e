// Package redteam changes scam calls as somebody would who wants them to pass,
// without changing what they ask of the victim, and measures what of the
// detection is left. It refuses to know how calls are scored or written down.
package redteam

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"callscam/corpus"
)

// Edit is one way of disguising a call. What the call asks for stays.
type Edit struct {
	Name    string
	Meaning string
	apply   func(*corpus.Transcript, *rand.Rand, *phrases)
}

// Edits returns the edits in the order in which they are reported.
func Edits() []Edit {
	return []Edit{
		{"small talk", "half as many turns again of talk about nothing, spread over the call", smallTalk},
		{"protective phrases", "the caller says three things that only honest callers should", protective},
		{"politeness", "every second sentence of the caller opens politely", polite},
		{"synonyms", "telling words become others of the same meaning", synonyms},
		{"recogniser noise", "no case or punctuation, one word or character in twenty lost or doubled", noise},
		{"homophones", "one character or word in twelve becomes another of the same sound", homophones},
		{"split words", "long words fall apart; spaces stand between Han characters", split},
		{"roles hidden", "nobody's name or role is known", hideRoles},
		{"roles swapped", "each side is taken for the other", swapRoles},
		{"one voice", "the recogniser did not tell the speakers apart", oneVoice},
		{"cut in half", "only the first half of the turns", cutHalf},
	}
}

// Apply returns the edited call. The same call, seed and edit give the same
// result; the call itself is not changed.
func (e *Edit) Apply(call *corpus.Transcript, seed uint64) corpus.Transcript {
	out := *call
	out.Turns = slices.Clone(call.Turns)
	h := fnv.New64a()
	h.Write([]byte(e.Name))
	for i := range call.Turns {
		h.Write([]byte(call.Turns[i].Text))
	}
	e.apply(&out, rand.New(rand.NewPCG(seed, h.Sum64())), phrasesOf(call.Language()))
	return out
}

// sides returns a turn of the remote party and one of the owner, to take name
// and role from. In a call of one voice, or of unknown roles, the first voice
// is taken for the caller and the next for the owner.
func sides(t *corpus.Transcript) (remote, owner corpus.Turn) {
	remote, owner = t.Turns[0], t.Turns[0]
	for i := range t.Turns {
		if t.Turns[i].Role.Remote() {
			remote = t.Turns[i]
			break
		}
	}
	for i := range t.Turns {
		if u := &t.Turns[i]; u.Speaker != remote.Speaker && !u.Role.Remote() {
			owner = *u
			break
		}
	}
	return remote, owner
}

func remoteTurns(t *corpus.Transcript) []int {
	remote, _ := sides(t)
	var at []int
	for i := range t.Turns {
		if u := &t.Turns[i]; u.Role.Remote() || u.Role == corpus.Unknown && u.Speaker == remote.Speaker {
			at = append(at, i)
		}
	}
	return at
}

func say(by corpus.Turn, text string) corpus.Turn {
	by.Text, by.Start, by.End = text, corpus.NoTime, corpus.NoTime
	return by
}

func smallTalk(t *corpus.Transcript, rng *rand.Rand, p *phrases) {
	remote, owner := sides(t)
	for range max(1, len(t.Turns)/4) {
		pair := p.smallTalk[rng.IntN(len(p.smallTalk))]
		at := rng.IntN(len(t.Turns) + 1)
		t.Turns = slices.Insert(t.Turns, at, say(remote, pair[0]), say(owner, pair[1]))
	}
}

func protective(t *corpus.Transcript, rng *rand.Rand, p *phrases) {
	remote, _ := sides(t)
	order := rng.Perm(len(p.protective))
	for _, k := range order[:3] {
		t.Turns = slices.Insert(t.Turns, rng.IntN(len(t.Turns)+1), say(remote, p.protective[k]))
	}
}

func polite(t *corpus.Transcript, rng *rand.Rand, p *phrases) {
	second := false
	for _, i := range remoteTurns(t) {
		if second = !second; second {
			t.Turns[i].Text = p.polite[rng.IntN(len(p.polite))] + p.space + t.Turns[i].Text
		}
	}
}

func hideRoles(t *corpus.Transcript, _ *rand.Rand, _ *phrases) {
	var names []string
	for i := range t.Turns {
		u := &t.Turns[i]
		n := slices.Index(names, u.Speaker)
		if n < 0 {
			n = len(names)
			names = append(names, u.Speaker)
		}
		u.Speaker, u.Role = "SPEAKER_"+string(rune('0'+n/10%10))+string(rune('0'+n%10)), corpus.Unknown
	}
}

func swapRoles(t *corpus.Transcript, _ *rand.Rand, _ *phrases) {
	remote, owner := sides(t)
	if remote.Speaker == owner.Speaker {
		return
	}
	if remote.Role == corpus.Unknown {
		remote.Role, owner.Role = corpus.Caller, corpus.Callee
	}
	for i := range t.Turns {
		switch u := &t.Turns[i]; u.Speaker {
		case remote.Speaker:
			u.Speaker, u.Role = owner.Speaker, owner.Role
		case owner.Speaker:
			u.Speaker, u.Role = remote.Speaker, remote.Role
		}
	}
}

func oneVoice(t *corpus.Transcript, _ *rand.Rand, _ *phrases) {
	for i := range t.Turns {
		t.Turns[i].Speaker, t.Turns[i].Role = "", corpus.Unknown
	}
}

func cutHalf(t *corpus.Transcript, _ *rand.Rand, _ *phrases) {
	if n := len(t.Turns); n > 1 {
		t.Turns = t.Turns[:(n+1)/2]
		return
	}
	text := []rune(t.Turns[0].Text)
	t.Turns[0].Text = strings.TrimSpace(string(text[:(len(text)+1)/2]))
}
