package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"callscam/classify"
	"callscam/corpus"
	"callscam/features"
)

// transcript is a call for the template.
type transcript struct {
	Lang  string
	Turns []turn
}

// turn is one turn of a transcript. Running is the probability after it, "" if
// it was not asked for; Alarm says that it raised the alarm.
type turn struct {
	Number        int
	Speaker, Role string
	Side          string // "remote", "owner" or ""
	Pieces        []piece
	Running       string
	Alarm         bool
}

// piece is a stretch of text. Evidence has a class, "raises", "lowers" or
// "idle", a hint, and the tags that stand behind it.
type piece struct {
	Text, Class, Hint string
	Tags              []tag
}

// tag names one piece of evidence; Points are "" where they are not known.
type tag struct{ Class, Name, Points string }

// sign is a place of evidence with what is to be said of it.
type sign struct {
	turn int // from 1
	corpus.Span
	tag  tag
	hint string
}

// transcriptOf marks the signs in the call, whose words and speakers pass
// through shown, which keeps their length.
func transcriptOf(d *features.Document, signs []sign, shown func(string) string) transcript {
	t := d.Transcript
	out := transcript{Lang: t.Language()}
	for i := range t.Turns {
		var here []sign
		for _, s := range signs {
			if s.turn == i+1 {
				here = append(here, s)
			}
		}
		line := turn{Number: i + 1, Speaker: shown(t.Turns[i].Speaker), Pieces: pieces(shown(t.Turns[i].Text), here)}
		if role := d.Roles[i]; role != corpus.Unknown && !strings.EqualFold(role.String(), t.Turns[i].Speaker) {
			line.Role = role.String()
		}
		switch role := d.Roles[i]; {
		case role.Remote():
			line.Side = "remote"
		case role.Owner():
			line.Side = "owner"
		}
		out.Turns = append(out.Turns, line)
	}
	return out
}

// asSaid shows a text as it is.
func asSaid(text string) string { return text }

// pieces cuts the text into evidence and the rest; overlapping evidence makes
// one piece with several tags.
func pieces(text string, signs []sign) []piece {
	signs = slices.Clone(signs)
	slices.SortStableFunc(signs, func(a, b sign) int { return cmp.Compare(a.Start, b.Start) })
	var out []piece
	at := 0
	for i := 0; i < len(signs); {
		start, end := signs[i].Start, signs[i].End
		p := piece{}
		var hints []string
		for ; i < len(signs) && (signs[i].Start < end || len(p.Tags) == 0); i++ {
			end = max(end, signs[i].End)
			if !slices.Contains(p.Tags, signs[i].tag) {
				p.Tags = append(p.Tags, signs[i].tag)
				hints = append(hints, signs[i].hint)
			}
		}
		p.Text, p.Class, p.Hint = text[start:end], strongest(p.Tags), strings.Join(hints, "\n")
		if start > at {
			out = append(out, piece{Text: text[at:start]})
		}
		out = append(out, p)
		at = end
	}
	if at < len(text) {
		out = append(out, piece{Text: text[at:]})
	}
	return out
}

// The classes of evidence: what it did to the margin.
const (
	raises = "raises"
	lowers = "lowers"
	idle   = "idle"
)

func strongest(tags []tag) string {
	for _, class := range []string{raises, lowers} {
		if slices.ContainsFunc(tags, func(t tag) bool { return t.Class == class }) {
			return class
		}
	}
	return idle
}

// weighed are the signs of a result's evidence, with its points.
func weighed(r *classify.Result, c *features.Catalog) []sign {
	out := make([]sign, len(r.Evidence))
	for i, e := range r.Evidence {
		class := idle
		switch {
		case e.Points > 0:
			class = raises
		case e.Points < 0:
			class = lowers
		}
		out[i] = signOf(c, e.Turn, corpus.Span{Start: e.Start, End: e.End}, e.Tactic, e.Polarity, class)
		if e.Points != 0 {
			out[i].tag.Points = points(int(math.Round(1000 * e.Points)))
		}
		out[i].hint += fmt.Sprintf(" (%s points)", trueMinus(fmt.Sprintf("%+.3f", e.Points)))
	}
	return out
}

// unweighed are the signs of a call whose points are not known: only what the
// other party means itself counts as raising, or, where it protects, lowering.
func unweighed(d *features.Document, c *features.Catalog) []sign {
	out := make([]sign, len(d.Evidence))
	for i := range d.Evidence {
		e := &d.Evidence[i]
		t, class := c.Tactics[e.Tactic], idle
		if e.Polarity == features.Asserted {
			class = raises
			if t.Kind == features.Protective {
				class = lowers
			}
		}
		out[i] = signOf(c, e.Turn+1, e.Span, t.Name, e.Polarity.String(), class)
	}
	return out
}

func signOf(c *features.Catalog, turn int, at corpus.Span, tactic, polarity, class string) sign {
	s := sign{turn: turn, Span: at, tag: tag{Class: class, Name: Words(tactic)}, hint: Words(tactic)}
	if polarity != features.Asserted.String() {
		s.tag.Name += ", " + polarity
		s.hint = s.tag.Name
	}
	if i, ok := c.Lookup(tactic); ok && c.Tactics[i].Meaning != "" {
		s.hint += ": " + c.Tactics[i].Meaning
	}
	return s
}
