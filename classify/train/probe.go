package train

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
	"callscam/features/arith"
)

// Probe asks how well something beside the point tells the labels apart: when
// length or speaker names do, a corpus teaches that instead of tactics.
type Probe struct {
	Name  string    `json:"name"`
	Lang  string    `json:"lang"`
	AUC   float64   `json:"roc_auc"`
	Limit float64   `json:"limit"`
	See   ProbeSees `json:"-"`
	says  string
}

// ProbeSees returns what a probe may look at, by name.
type ProbeSees func(*corpus.Example, *features.Document) map[string]float64

// Probes are the shortcuts that are looked for, with the ROC-AUC from which
// each counts as one in a corpus. Half of the calls of two labels start alike
// at best, so the first turn may tell more than the rest.
func Probes() []Probe {
	return []Probe{
		{Name: "length only", Limit: 0.60, See: seeLength, says: "length alone tells the labels apart"},
		{Name: "speaker names only", Limit: 0.60, See: seeSpeakers, says: "the speakers' names alone tell the labels apart"},
		{Name: "style only", Limit: 0.60, See: seeStyle, says: "punctuation, case, digits and fillers alone tell the labels apart"},
		{Name: "first turn only", Limit: 0.85, See: seeFirstTurn, says: "the first turn alone tells the labels apart"},
	}
}

// calleeProbe is asked of results only: a victim's words may well give a scam
// away, and no corpus is worse for it.
var calleeProbe = Probe{Name: "callee only", See: seeCallee, says: "what the called party says alone tells the labels apart"}

// RunProbes cross-validates every probe, by group, in each language that has
// enough groups of both labels.
func RunProbes(examples []corpus.Example, cat *features.Catalog, cfg classify.Config) ([]Probe, error) {
	byLang := inLanguage(examples)
	var out []Probe
	for _, lang := range []string{"en", "zh"} {
		calls := only(examples, byLang[lang])
		if len(calls) == 0 {
			continue
		}
		fold, err := corpus.Folds(calls, cfg.Folds, cfg.Seed, (*corpus.Example).GroupKey)
		if err != nil {
			return nil, fmt.Errorf("probes in %s: %w", lang, err)
		}
		ps := Probes()
		seen := lookAt(calls, cat, ps)
		for k, p := range ps {
			p.Lang = lang
			scores, err := heldOut(calls, fold, seen[k])
			if err != nil {
				return nil, fmt.Errorf("probe %q in %s: %w", p.Name, lang, err)
			}
			p.AUC = meanAUC(calls, fold, scores)
			out = append(out, p)
		}
	}
	return out, nil
}

func inLanguage(examples []corpus.Example) map[string][]int {
	out := map[string][]int{}
	for i := range examples {
		lang := examples[i].Language()
		out[lang] = append(out[lang], i)
	}
	return out
}

func only(examples []corpus.Example, in []int) []corpus.Example {
	out := make([]corpus.Example, len(in))
	for k, i := range in {
		out[k] = examples[i]
	}
	return out
}

// ScoreProbes returns the held-out scores of every probe in each language, NaN
// for the calls of others, and a sentence for each language that has too few
// groups to be probed.
func ScoreProbes(examples []corpus.Example, cat *features.Catalog, cfg classify.Config) (out []evaluate.ProbeScores, warnings []string) {
	byLang := inLanguage(examples)
	for _, lang := range sortedNames(byLang) {
		calls := only(examples, byLang[lang])
		scored, err := scoreProbes(calls, cat, cfg)
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("no probes of the %s calls: %v", lang, err))
			continue
		}
		for _, s := range scored {
			all := make([]float64, len(examples))
			for i := range all {
				all[i] = math.NaN()
			}
			for k, i := range byLang[lang] {
				all[i] = s.Scores[k]
			}
			out = append(out, evaluate.ProbeScores{Name: s.Name, Lang: lang, Says: s.Says, Scores: all})
		}
	}
	return out, warnings
}

func scoreProbes(calls []corpus.Example, cat *features.Catalog, cfg classify.Config) ([]evaluate.ProbeScores, error) {
	fold, err := corpus.Folds(calls, cfg.Folds, cfg.Seed, (*corpus.Example).GroupKey)
	if err != nil {
		return nil, err
	}
	ps := append(Probes(), calleeProbe)
	v := features.NewVectorizer(cat, nil)
	dense := Probe{See: func(_ *corpus.Example, d *features.Document) map[string]float64 { return seeDense(v, d) }}
	seen := lookAt(calls, cat, append(ps, dense))
	var out []evaluate.ProbeScores
	for k, p := range ps {
		scores, err := heldOut(calls, fold, seen[k])
		if err != nil {
			return nil, fmt.Errorf("probe %q: %w", p.Name, err)
		}
		out = append(out, evaluate.ProbeScores{Name: p.Name, Says: p.says, Scores: scores})
	}
	source, err := sourceFromFeatures(calls, fold, seen[len(ps)])
	if source != nil {
		out = append(out, *source)
	}
	return out, err
}

// lookAt returns what each probe sees of each call.
func lookAt(calls []corpus.Example, cat *features.Catalog, ps []Probe) [][]map[string]float64 {
	seen := make([][]map[string]float64, len(ps))
	for k := range ps {
		seen[k] = make([]map[string]float64, len(calls))
	}
	eachCall(len(calls), func(int) {}, func() func(int) {
		a := features.NewAnalyzer(cat)
		return func(i int) {
			d := a.Read(&calls[i].Transcript)
			for k := range ps {
				seen[k][i] = ps[k].See(&calls[i], d)
			}
		}
	})
	return seen
}

// heldOut returns each call's score by a regression fitted to the other folds.
func heldOut(calls []corpus.Example, fold []int, seen []map[string]float64) ([]float64, error) {
	return fitFolds(fold, seen, func(i int) bool { return calls[i].Label == corpus.Scam })
}

// fitFolds tells the calls for which yes holds from the others.
func fitFolds(fold []int, seen []map[string]float64, yes func(i int) bool) ([]float64, error) {
	scores := make([]float64, len(fold))
	errs := make([]error, slices.Max(fold)+1)
	var wg sync.WaitGroup
	for f := range errs {
		wg.Go(func() { errs[f] = fitFold(scores, fold, f, seen, yes) })
	}
	wg.Wait()
	return scores, errors.Join(errs...)
}

func fitFold(scores []float64, fold []int, f int, seen []map[string]float64, yes func(i int) bool) error {
	columns := map[string]int32{}
	p := &problem{}
	in, held := split(fold, f)
	for _, i := range in {
		p.add(probeRow(seen[i], columns, true), yes(i), 1/float64(len(fold)))
	}
	for range columns {
		p.column(features.Free, 0, 0.003)
	}
	w, bias, err := p.solve()
	if err != nil {
		return err
	}
	for _, i := range held {
		m := bias
		row := probeRow(seen[i], columns, false)
		for k, col := range row.Index {
			m += float64(w[col] * row.Value[k])
		}
		scores[i] = 1 / (1 + arith.Exp(-m))
	}
	return nil
}

func meanAUC(calls []corpus.Example, fold []int, scores []float64) float64 {
	total, folds := 0.0, slices.Max(fold)+1
	for f := range folds {
		_, held := split(fold, f)
		var ps []evaluate.Prediction
		for _, i := range held {
			ps = append(ps, evaluate.Prediction{Scam: calls[i].Label == corpus.Scam, Probability: scores[i]})
		}
		total += evaluate.ROCAUC(ps)
	}
	return round(total/float64(folds), 4)
}

func probeRow(seen map[string]float64, columns map[string]int32, grow bool) features.Vector {
	var row features.Vector
	for _, name := range sortedNames(seen) {
		col, ok := columns[name]
		if !ok && grow {
			col = int32(len(columns))
			columns[name] = col
			ok = true
		}
		if ok {
			row.Index = append(row.Index, col)
			row.Value = append(row.Value, seen[name])
		}
	}
	return row
}
