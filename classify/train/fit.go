package train

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"

	"callscam/classify"
	"callscam/features"
)

// fitted is a regression with the columns it was fitted on.
type fitted struct {
	vectorizer *features.Vectorizer
	columns    []int32
	terms      []string
	w          []float64
	bias       float64
}

// fit learns from the calls in. Terms are chosen from these calls alone.
func (s *trainingSet) fit(in []int, cfg classify.Config) (*fitted, error) {
	f := &fitted{terms: s.terms(in, cfg.Terms)}
	f.vectorizer = features.NewVectorizer(s.cat, f.terms)
	f.columns = f.vectorizer.Columns(s.vocab)
	p := &problem{features: f.vectorizer.Features(), penalty: cfg.Penalty}
	total := map[string]float64{}
	for _, i := range in {
		total[s.stratum(i)]++
	}
	for _, i := range in {
		for _, v := range s.seen[i] {
			// Every label weighs half in each language.
			share := v.share / (total[s.stratum(i)] * float64(len(total)))
			p.add(f.vectorizer.Combine(v.sighting, f.columns), s.labels[i], share)
		}
	}
	var err error
	f.w, f.bias, err = p.solve()
	return f, err
}

func (s *trainingSet) stratum(i int) string {
	return s.examples[i].Language() + " " + s.examples[i].Label.String()
}

func (f *fitted) margin(s features.Sighting) float64 {
	row := f.vectorizer.Combine(s, f.columns)
	m := f.bias
	for k, col := range row.Index {
		m += f.w[col] * row.Value[k]
	}
	return m
}

// weights returns the bias and the weights that are not zero, rounded to four
// decimals, in the order of the columns.
func (f *fitted) weights() (float64, []classify.Weight) {
	var out []classify.Weight
	for i, feature := range f.vectorizer.Features() {
		if w := round(f.w[i], 4); w != 0 {
			out = append(out, classify.Weight{Name: feature.Name, Weight: w})
		}
	}
	return round(f.bias, 4), out
}

// problem is a weighted, penalised logistic regression with signs held:
// minimise Σ share·log(1+exp(-y·margin)) + Σ penalty/2·(w-prior)², with w ≥ 0
// or w ≤ 0 where the feature says so. The sign is held by writing such a
// weight as ±u², which leaves a smooth problem without bounds.
type problem struct {
	features []features.Feature
	penalty  classify.Penalty
	start    []int // of each row in index and value
	index    []int32
	value    []float64
	y        []float64 // +1 or -1
	share    []float64
}

func (p *problem) add(row features.Vector, scam bool, share float64) {
	p.start = append(p.start, len(p.index))
	p.index = append(p.index, row.Index...)
	p.value = append(p.value, row.Value...)
	y := -1.0
	if scam {
		y = 1
	}
	p.y = append(p.y, y)
	p.share = append(p.share, share)
}

func (p *problem) row(i int) ([]int32, []float64) {
	end := len(p.index)
	if i+1 < len(p.start) {
		end = p.start[i+1]
	}
	return p.index[p.start[i]:end], p.value[p.start[i]:end]
}

func (p *problem) weight(u []float64, w []float64) {
	for j, f := range p.features {
		w[j] = u[j]
		if f.Sign != features.Free {
			w[j] = float64(f.Sign) * u[j] * u[j]
		}
	}
}

func (p *problem) penaltyOf(c features.Class) float64 {
	return [...]float64{p.penalty.Tactic, p.penalty.Protective, p.penalty.Script, p.penalty.Shape, p.penalty.Term}[c]
}

// solve returns the weights and the bias.
func (p *problem) solve() ([]float64, float64, error) {
	n := len(p.features)
	w := make([]float64, n)
	gw := make([]float64, n)
	value := func(u, grad []float64) float64 {
		p.weight(u, w)
		loss, gbias := p.loss(w, u[n], gw, grad != nil)
		for j, f := range p.features {
			lambda, d := p.penaltyOf(f.Class), w[j]-f.Prior
			loss += lambda / 2 * d * d
			if grad == nil {
				continue
			}
			grad[j] = gw[j] + lambda*d
			if f.Sign != features.Free {
				grad[j] *= 2 * float64(f.Sign) * u[j]
			}
		}
		if grad != nil {
			grad[n] = gbias
		}
		return loss
	}
	u := make([]float64, n+1)
	for j, f := range p.features {
		if f.Sign != features.Free {
			u[j] = math.Sqrt(math.Max(0.1, math.Abs(f.Prior)))
		}
	}
	res, err := optimize.Minimize(optimize.Problem{
		Func: func(u []float64) float64 { return value(u, nil) },
		Grad: func(grad, u []float64) { value(u, grad) },
	}, u, &optimize.Settings{GradientThreshold: 1e-6, MajorIterations: 400,
		Converger: &optimize.FunctionConverge{Absolute: 1e-9, Iterations: 15}}, &optimize.LBFGS{})
	if res == nil {
		return nil, 0, fmt.Errorf("fit: %w", err)
	}
	// A line search that can get no lower has arrived as well.
	p.weight(res.X, w)
	return w, res.X[n], nil
}

// loss returns the weighted logistic loss and its slope by the bias, and puts
// its gradient by the weights into gw.
func (p *problem) loss(w []float64, bias float64, gw []float64, gradient bool) (loss, gbias float64) {
	if gradient {
		clear(gw)
	}
	for i := range p.start {
		index, value := p.row(i)
		m := bias
		for k, j := range index {
			m += w[j] * value[k]
		}
		ym := p.y[i] * m
		loss += p.share[i] * softplus(-ym)
		if !gradient {
			continue
		}
		g := -p.share[i] * p.y[i] / (1 + math.Exp(ym))
		gbias += g
		for k, j := range index {
			gw[j] += g * value[k]
		}
	}
	return loss, gbias
}

// softplus returns log(1+exp(x)) without overflow.
func softplus(x float64) float64 {
	if x > 0 {
		return x + math.Log1p(math.Exp(-x))
	}
	return math.Log1p(math.Exp(x))
}
