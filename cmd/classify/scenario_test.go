package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"callscam/classify"
	"callscam/corpus"
	"callscam/corpus/formats"
	"callscam/features"
)

// The calls of testdata/scenarios carry a note for each step of their script.
// Each step must be seen in its turn, the call must by then have reached that
// step's stage, and the alarm must come before the harm.
func TestScenariosAreFollowedStepByStep(t *testing.T) {
	files, _ := filepath.Glob("testdata/scenarios/*.txt")
	if len(files) < 2 {
		t.Fatalf("%d scenarios", len(files))
	}
	cl, err := loadModel("")
	if err != nil {
		t.Fatal(err)
	}
	cat, scorer := cl.Catalog(), cl.NewScorer()
	for _, file := range files {
		for ex, err := range formats.Calls([]string{file}, os.Stdin, "text") {
			if err != nil {
				t.Fatal(err)
			}
			for turns := range len(ex.Turns) {
				call := ex.Transcript
				call.Turns = ex.Turns[:turns+1]
				r := scorer.Score(&call)
				follow(t, cat, &ex, r, turns+1)
			}
			r := scorer.Score(&ex.Transcript)
			if r.Verdict != classify.Scam || r.AlarmTurn == nil || *r.AlarmTurn > ex.HarmTurn {
				t.Errorf("%s: verdict %s, alarm at turn %v, harm after turn %d", ex.ID, r.Verdict, r.AlarmTurn, ex.HarmTurn)
			}
		}
	}
}

// follow compares what is asserted in the call's first turns with its notes.
func follow(t *testing.T, cat *features.Catalog, ex *corpus.Example, r *classify.Result, turns int) {
	t.Helper()
	stage := features.NoStage
	for _, n := range ex.Notes {
		if n.Turn > turns {
			continue
		}
		i, ok := cat.Lookup(n.Tactic)
		if !ok {
			t.Fatalf("%s: unknown tactic %s", ex.ID, n.Tactic)
		}
		stage = max(stage, cat.Tactics[i].Stage)
		if n.Turn == turns && !slices.ContainsFunc(r.Evidence, func(e classify.Evidence) bool {
			return e.Turn == n.Turn && e.Tactic == cat.Tactics[i].Name && e.Polarity == features.Asserted.String()
		}) {
			t.Errorf("%s: turn %d: %s is not seen in %q", ex.ID, turns, cat.Tactics[i].Name, ex.Turns[turns-1].Text)
		}
	}
	reached := features.NoStage
	for reached.String() != r.Stage {
		reached++
	}
	if reached < stage {
		t.Errorf("%s: stage %q after turn %d, want %q", ex.ID, r.Stage, turns, stage)
	}
}
