package train

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/optimize/functions"
)

// The method finds the minima that gonum's own finds, and needs no more
// evaluations than twice as many.
func TestDescent(t *testing.T) {
	for name, f := range map[string]struct {
		problem interface {
			Func([]float64) float64
			Grad(grad, x []float64)
		}
		start []float64
	}{
		"Rosenbrock": {functions.ExtendedRosenbrock{}, []float64{-1.2, 1, -1.2, 1, 3, -2}},
		"Beale":      {functions.Beale{}, []float64{1, 1}},
		"Wood":       {functions.Wood{}, []float64{-3, -1, -3, -1}},
		"at its end": {functions.ExtendedRosenbrock{}, []float64{1, 1}},
	} {
		p := optimize.Problem{Func: f.problem.Func, Grad: f.problem.Grad}
		settings := func() *optimize.Settings { return &optimize.Settings{GradientThreshold: 1e-8} }
		got, err := optimize.Minimize(p, f.start, settings(), &lbfgs{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want, err := optimize.Minimize(p, f.start, settings(), &optimize.LBFGS{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.F > want.F+1e-12 || got.FuncEvaluations > 2*want.FuncEvaluations+2 {
			t.Errorf("%s: %v after %d evaluations, gonum's own %v after %d", name, got.F, got.FuncEvaluations, want.F, want.FuncEvaluations)
		}
	}
}

// Where there is no number, or no way down, the method ends.
func TestDescentEnds(t *testing.T) {
	nan := optimize.Problem{Func: func([]float64) float64 { return math.NaN() }, Grad: func(g, _ []float64) { g[0] = math.NaN() }}
	if _, err := optimize.Minimize(nan, []float64{1}, nil, &lbfgs{}); err == nil {
		t.Error("a loss that is no number has a minimum")
	}
	// The gradient points up: no step lowers the loss.
	wrong := optimize.Problem{Func: func(x []float64) float64 { return x[0] * x[0] }, Grad: func(g, x []float64) { g[0] = -2 * x[0] }}
	r, err := optimize.Minimize(wrong, []float64{1}, nil, &lbfgs{})
	if err != nil || r.F > 1 {
		t.Errorf("%v, %v", r, err)
	}
}
