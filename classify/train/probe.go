package train

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

// Probe asks how well something beside the point tells the labels apart: when
// length or speaker names do, a corpus teaches that instead of tactics.
type Probe struct {
	Name  string    `json:"name"`
	Lang  string    `json:"lang"`
	AUC   float64   `json:"roc_auc"`
	Limit float64   `json:"limit"`
	See   ProbeSees `json:"-"`
}

// ProbeSees returns what a probe may look at, by name.
type ProbeSees func(*corpus.Example) map[string]float64

// Probes are the shortcuts that are looked for, with the ROC-AUC from which
// each counts as one. Half of the calls of two labels start alike at best, so
// the first turn may tell more than the rest.
func Probes(cat *features.Catalog) []Probe {
	return []Probe{
		{Name: "length only", Limit: 0.60, See: seeLength},
		{Name: "speaker names only", Limit: 0.60, See: seeSpeakers},
		{Name: "style only", Limit: 0.60, See: seeStyle},
		{Name: "first turn only", Limit: 0.85, See: seeFirstTurn(cat)},
	}
}

// RunProbes cross-validates every probe, by group, in each language that has
// enough groups of both labels.
func RunProbes(examples []corpus.Example, cat *features.Catalog, cfg classify.Config) ([]Probe, error) {
	byLang := map[string][]corpus.Example{}
	for i := range examples {
		lang := examples[i].Language()
		byLang[lang] = append(byLang[lang], examples[i])
	}
	var out []Probe
	for _, lang := range []string{"en", "zh"} {
		calls := byLang[lang]
		if len(calls) == 0 {
			continue
		}
		fold, err := corpus.Folds(calls, cfg.Folds, cfg.Seed, (*corpus.Example).GroupKey)
		if err != nil {
			return nil, fmt.Errorf("probes in %s: %w", lang, err)
		}
		for _, p := range Probes(cat) {
			p.Lang = lang
			if p.AUC, err = probe(calls, fold, cfg.Folds, p.See); err != nil {
				return nil, fmt.Errorf("probe %q in %s: %w", p.Name, lang, err)
			}
			out = append(out, p)
		}
	}
	return out, nil
}

func probe(calls []corpus.Example, fold []int, folds int, see ProbeSees) (float64, error) {
	seen := make([]map[string]float64, len(calls))
	for i := range calls {
		seen[i] = see(&calls[i])
	}
	total := 0.0
	for f := range folds {
		columns := map[string]int32{}
		p := &problem{penalty: classify.Penalty{Term: 0.003}}
		share := 1 / float64(len(calls))
		for i := range calls {
			if fold[i] != f {
				p.add(probeRow(seen[i], columns, true), calls[i].Label == corpus.Scam, share)
			}
		}
		p.features = make([]features.Feature, len(columns))
		for j := range p.features {
			p.features[j].Class = features.TermFeature
		}
		w, bias, err := p.solve()
		if err != nil {
			return 0, err
		}
		var ps []evaluate.Prediction
		for i := range calls {
			if fold[i] == f {
				m := bias
				row := probeRow(seen[i], columns, false)
				for k, col := range row.Index {
					m += w[col] * row.Value[k]
				}
				ps = append(ps, evaluate.Prediction{Scam: calls[i].Label == corpus.Scam, Probability: 1 / (1 + math.Exp(-m))})
			}
		}
		total += evaluate.ROCAUC(ps)
	}
	return round(total/float64(folds), 4), nil
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

func seeLength(e *corpus.Example) map[string]float64 {
	turns, runes := float64(len(e.Turns)), 0
	for i := range e.Turns {
		runes += utf8.RuneCountInString(e.Turns[i].Text)
	}
	return map[string]float64{"turns": math.Log1p(turns), "characters": math.Log1p(float64(runes)) / 3,
		"per turn": math.Log1p(float64(runes) / turns)}
}

func seeSpeakers(e *corpus.Example) map[string]float64 {
	out := map[string]float64{}
	for i := range e.Turns {
		out["name "+e.Turns[i].Speaker] = 1
	}
	if len(e.Turns) > 0 {
		out["first "+e.Turns[0].Speaker] = 1
	}
	return out
}

var fillerWords = strings.Fields("um uh er erm hmm mm like well so yeah 嗯 呃 啊 那个 就是")

// seeStyle looks at how the call is written down: marks, case, digits and
// fillers, each per character.
func seeStyle(e *corpus.Example) map[string]float64 {
	marks, capitals, digits, all := 0.0, 0.0, 0.0, 1.0
	fillers := 0.0
	for i := range e.Turns {
		text := e.Turns[i].Text
		for _, r := range text {
			all++
			switch {
			case unicode.IsPunct(r):
				marks++
			case unicode.IsUpper(r):
				capitals++
			case unicode.IsDigit(r):
				digits++
			}
		}
		low := " " + strings.ToLower(text) + " "
		for _, f := range fillerWords {
			if f[0] < utf8.RuneSelf {
				fillers += float64(strings.Count(low, " "+f+" "))
			} else {
				fillers += float64(strings.Count(low, f))
			}
		}
	}
	return map[string]float64{"marks": 10 * marks / all, "capitals": 10 * capitals / all, "digits": 10 * digits / all, "fillers": 10 * fillers / all}
}

// seeFirstTurn looks at the words of the first turn.
func seeFirstTurn(cat *features.Catalog) ProbeSees {
	a := features.NewAnalyzer(cat)
	return func(e *corpus.Example) map[string]float64 {
		out := map[string]float64{}
		if len(e.Turns) == 0 {
			return out
		}
		prev := ""
		for _, w := range a.ReadText(e.Turns[0].Text).Words[0] {
			out[w.Norm] = 1
			out[prev+" "+w.Norm] = 1
			prev = w.Norm
		}
		return out
	}
}
