package classify

import (
	"testing"
	"time"

	"callscam/corpus"
	"callscam/corpus/formats"
	"callscam/features"
	"callscam/models"
)

// shipped returns the default model's classifier and the calls that ship.
func shipped(b *testing.B) (*Classifier, []corpus.Transcript, int64) {
	b.Helper()
	m, err := DecodeModel(models.Default)
	if err != nil {
		b.Fatal(err)
	}
	cat, err := features.Default()
	if err != nil {
		b.Fatal(err)
	}
	cl, err := New(m, "default", cat)
	if err != nil {
		b.Skipf("the default model is to be learned anew: %v", err)
	}
	var calls []corpus.Transcript
	bytes := int64(0)
	for ex, err := range formats.Calls([]string{"../corpus"}, nil, "auto") {
		if err != nil {
			b.Fatal(err)
		}
		calls = append(calls, ex.Transcript)
		for i := range ex.Turns {
			bytes += int64(len(ex.Turns[i].Text))
		}
	}
	return cl, calls, bytes
}

// scoreOnce is Score without what is known after each turn, and so without the
// alarm.
func (s *Scorer) scoreOnce(t *corpus.Transcript) *Result {
	c := s.c
	d := s.analyzer.Read(t)
	lang := t.Language()
	v := c.voice(lang)
	row := c.vectorizer.Vector(d)
	r := &Result{Schema: Schema, ID: t.ID, Path: t.Path, Lang: lang, Bias: v.bias, Turns: len(t.Turns), Model: ModelRef{c.Name, c.Model.Digest()}}
	r.Contributions, r.Margin = s.tally.contributions(v, row)
	r.Probability = c.Model.Calibration.Probability(r.Margin)
	r.Verdict = c.verdict(r.Probability)
	r.Stage = furthestStage(c.Catalog(), d).String()
	r.Evidence = s.tally.evidence(d, row)
	r.Warnings = append(append([]string{}, t.Warnings...), d.Warnings...)
	countWords(d)
	return r
}

// BenchmarkRunning scores calls with the probability after each turn, and tells
// by how many times that takes longer than without: both turn about, so that
// a busy machine is busy for both.
func BenchmarkRunning(b *testing.B) {
	cl, calls, bytes := shipped(b)
	with, without := cl.NewScorer(), cl.NewScorer()
	var took, tookOnce time.Duration
	b.SetBytes(bytes)
	first := false // what is read a second time is in the processor's caches
	for b.Loop() {
		first = !first
		for i := range calls {
			var r, once *Result
			score := func() { start := time.Now(); r = with.Score(&calls[i]); took += time.Since(start) }
			scoreOnce := func() { start := time.Now(); once = without.scoreOnce(&calls[i]); tookOnce += time.Since(start) }
			if first {
				score()
				scoreOnce()
			} else {
				scoreOnce()
				score()
			}
			if r.Margin != once.Margin || r.Verdict != once.Verdict {
				b.Fatalf("%s: margin %v, without the alarm %v", calls[i].ID, r.Margin, once.Margin)
			}
		}
	}
	b.ReportMetric(took.Seconds()/tookOnce.Seconds(), "times/once")
}
