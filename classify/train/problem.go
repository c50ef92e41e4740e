package train

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"

	"callscam/classify"
	"callscam/features"
	"callscam/features/arith"
)

// problem is a weighted, penalised logistic regression with signs held:
// minimise Σ share·log(1+exp(-y·margin)) + Σ penalty/2·(w-prior)², with w ≥ 0
// or w ≤ 0 where the feature says so. The sign is held by writing such a
// weight as ±u², which leaves a smooth problem without bounds.
type problem struct {
	sign    []features.Sign
	prior   []float64
	penalty []float64
	start   []int // of each row in index and value
	index   []int32
	value   []float64
	y       []float64 // +1 or -1
	share   []float64
}

// newProblem returns an empty problem with a column for each feature.
func newProblem(columns []features.Feature, penalty classify.Penalty) *problem {
	p := &problem{}
	for _, f := range columns {
		p.column(f.Sign, f.Prior, penaltyOf(penalty, f.Class))
	}
	return p
}

func (p *problem) column(sign features.Sign, prior, penalty float64) {
	p.sign, p.prior, p.penalty = append(p.sign, sign), append(p.prior, prior), append(p.penalty, penalty)
}

func penaltyOf(p classify.Penalty, c features.Class) float64 {
	return [...]float64{p.Tactic, p.Protective, p.Script, p.Shape, p.Length, p.Term}[c]
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
	for j, sign := range p.sign {
		w[j] = u[j]
		if sign != features.Free {
			w[j] = float64(sign) * u[j] * u[j]
		}
	}
}

// solve returns the weights and the bias.
func (p *problem) solve() ([]float64, float64, error) {
	n := len(p.sign)
	w := make([]float64, n)
	gw := make([]float64, n)
	grad := make([]float64, n+1)
	value := func(u []float64) float64 {
		p.weight(u, w)
		loss, gbias := p.loss(w, u[n], gw)
		for j, sign := range p.sign {
			lambda, d := p.penalty[j], w[j]-p.prior[j]
			loss += float64(lambda / 2 * d * d)
			grad[j] = gw[j] + float64(lambda*d)
			if sign != features.Free {
				grad[j] *= 2 * float64(sign) * u[j]
			}
		}
		grad[n] = gbias
		return loss
	}
	u := make([]float64, n+1)
	for j, sign := range p.sign {
		if sign != features.Free {
			u[j] = math.Sqrt(math.Max(0.1, math.Abs(p.prior[j])))
		}
	}
	res, err := optimize.Minimize(optimize.Problem{
		Func: value,
		// The method asks for both at once, and for the value first.
		Grad: func(into, _ []float64) { copy(into, grad) },
	}, u, &optimize.Settings{GradientThreshold: 1e-6, MajorIterations: 400,
		Converger: &optimize.FunctionConverge{Absolute: 1e-9, Iterations: 15}}, &lbfgs{})
	if res == nil {
		return nil, 0, fmt.Errorf("fit: %w", err)
	}
	// A line search that can get no lower has arrived as well.
	p.weight(res.X, w)
	return w, res.X[n], nil
}

// loss returns the weighted logistic loss and its slope by the bias, and puts
// its gradient by the weights into gw.
func (p *problem) loss(w []float64, bias float64, gw []float64) (loss, gbias float64) {
	clear(gw)
	for i := range p.start {
		index, value := p.row(i)
		m := bias
		for k, j := range index {
			m += float64(w[j] * value[k])
		}
		lost, g := logistic(p.y[i] * m)
		loss += float64(p.share[i] * lost)
		g = float64(g * p.share[i] * p.y[i])
		gbias += g
		for k, j := range index {
			gw[j] += float64(g * value[k])
		}
	}
	return loss, gbias
}

// logistic returns log(1+exp(-x)) and its slope.
func logistic(x float64) (loss, slope float64) {
	e := arith.Exp(-math.Abs(x))
	if x > 0 {
		return arith.Log1p(e), -e / (1 + e)
	}
	return arith.Log1p(e) - x, -1 / (1 + e)
}
