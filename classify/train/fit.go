package train

import (
	"slices"

	"callscam/classify"
	"callscam/features"
)

// fitted is a regression with the columns it was fitted on: the vectorizer's,
// then, for every language where there are several, the dense ones again and a
// bias.
type fitted struct {
	vectorizer *features.Vectorizer
	columns    []int32
	terms      []string
	languages  []string
	w          []float64
	bias       float64
}

// fit learns from the calls in. Terms are chosen from these calls alone.
func (s *trainingSet) fit(in []int, cfg classify.Config) (*fitted, error) {
	f := &fitted{terms: s.terms(in, cfg.Terms), languages: s.languages(in, cfg)}
	f.vectorizer = features.NewVectorizer(s.cat, f.terms)
	f.columns = f.vectorizer.Columns(s.vocab)
	p := f.problem(cfg.Penalty)
	total := map[string]float64{}
	for _, i := range in {
		total[s.stratum(i)]++
	}
	for _, i := range in {
		for _, v := range s.seen[i] {
			// Every label weighs half in each language.
			share := v.share / (total[s.stratum(i)] * float64(len(total)))
			p.add(f.row(v), s.labels[i], share)
		}
	}
	var err error
	f.w, f.bias, err = p.solve()
	return f, err
}

func (s *trainingSet) stratum(i int) string {
	return s.examples[i].Language() + " " + s.examples[i].Label.String()
}

// languages returns the calls' languages, or none where one fit serves all.
func (s *trainingSet) languages(in []int, cfg classify.Config) []string {
	var out []string
	for _, i := range in {
		if lang := s.examples[i].Language(); !slices.Contains(out, lang) {
			out = append(out, lang)
		}
	}
	if len(out) < 2 || cfg.Penalty.Language == 0 {
		return nil
	}
	slices.Sort(out)
	return out
}

// freePenalty keeps a bias apart from the one that all languages share.
const freePenalty = 1e-6

// problem returns the empty problem. What a language adds to a weight has the
// weight's sign and is expected to be nothing.
func (f *fitted) problem(penalty classify.Penalty) *problem {
	p := newProblem(f.vectorizer.Features(), penalty)
	for range f.languages {
		for _, feature := range f.vectorizer.Features()[:f.vectorizer.Dense()] {
			p.column(feature.Sign, 0, penaltyOf(penalty, feature.Class)*penalty.Language)
		}
		p.column(features.Free, 0, freePenalty)
	}
	return p
}

// row returns the row of a call as it was seen.
func (f *fitted) row(v seen) features.Vector {
	row := f.vectorizer.Combine(v.sighting, f.columns)
	at, ok := slices.BinarySearch(f.languages, v.lang)
	if !ok {
		return row
	}
	dense := f.vectorizer.Dense()
	first := int32(len(f.vectorizer.Features()) + at*(dense+1))
	for k := range row.Index {
		if col := row.Index[k]; int(col) < dense {
			row.Index, row.Value = append(row.Index, first+col), append(row.Value, row.Value[k])
		}
	}
	row.Index, row.Value = append(row.Index, first+int32(dense)), append(row.Value, 1)
	return row
}

func (f *fitted) margin(v seen) float64 {
	row := f.row(v)
	m := f.bias
	for k, col := range row.Index {
		m += float64(f.w[col] * row.Value[k])
	}
	return m
}

// put writes the bias and the weights that are not zero into a model, rounded
// to four decimals, in the order of the columns.
func (f *fitted) put(m *classify.Model) {
	all := f.vectorizer.Features()
	m.Bias, m.Weights = round(f.bias, 4), weights(all, f.w)
	dense := f.vectorizer.Dense()
	for k, lang := range f.languages {
		if m.Languages == nil {
			m.Languages = map[string]classify.Voice{}
		}
		w := f.w[len(all)+k*(dense+1):]
		m.Languages[lang] = classify.Voice{Bias: round(w[dense], 4), Weights: weights(all[:dense], w)}
	}
}

func weights(columns []features.Feature, w []float64) []classify.Weight {
	var out []classify.Weight
	for i, feature := range columns {
		if w := round(w[i], 4); w != 0 {
			out = append(out, classify.Weight{Name: feature.Name, Weight: w})
		}
	}
	return out
}
