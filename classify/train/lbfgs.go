package train

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// lbfgs is the limited-memory quasi-Newton method of Nocedal (1980) for
// gonum's optimize, which drives it and says when to stop. gonum's own adds up
// with the vector instructions of some processors and the fused ones of
// others; this one takes every step alike on all of them, so that a corpus
// gives the same model to the last byte wherever it is trained.
type lbfgs struct {
	err error
}

// remembered is how many of the last steps tell the curvature.
const remembered = 15

func (*lbfgs) Init(dim, tasks int) int { return 1 }

func (*lbfgs) Uses(has optimize.Available) (optimize.Available, error) {
	if !has.Grad {
		return optimize.Available{}, optimize.ErrMissingGrad
	}
	return optimize.Available{Grad: true}, nil
}

// Status is asked for when Run itself saw the end.
func (l *lbfgs) Status() (optimize.Status, error) {
	if l.err != nil {
		return optimize.Failure, l.err
	}
	return optimize.MethodConverge, nil
}

// Run answers to optimize.Minimize, which evaluates what it is asked to.
func (l *lbfgs) Run(operations chan<- optimize.Task, results <-chan optimize.Task, tasks []optimize.Task) {
	defer close(operations)
	d := &descent{operations: operations, results: results, task: tasks[0], at: tasks[0].Location}
	if l.err = d.run(); !d.over {
		d.do(optimize.MethodDone)
	}
	for range results { // Minimize wants it read to its end
	}
}

// descent is one run of the method.
type descent struct {
	operations chan<- optimize.Task
	results    <-chan optimize.Task
	task       optimize.Task
	at         *optimize.Location // where the last evaluation was
	over       bool               // Minimize wants no more
	past       []move             // the oldest first
}

// move is a step that was taken: by how much the place and the gradient
// changed, and one over the product of the two.
type move struct {
	s, y []float64
	rho  float64
}

// do has Minimize carry out an operation and reports whether to go on.
func (d *descent) do(op optimize.Operation) bool {
	d.task.Op = op
	d.operations <- d.task
	d.over = (<-d.results).Op == optimize.PostIteration
	return !d.over
}

func (d *descent) evaluate() bool {
	return d.do(optimize.FuncEvaluation | optimize.GradEvaluation)
}

func (d *descent) run() error {
	if !d.evaluate() {
		return nil
	}
	if math.IsNaN(d.at.F) || math.IsInf(d.at.F, 0) {
		return errors.New("the loss is no number where the fit begins")
	}
	x, g := make([]float64, len(d.at.X)), make([]float64, len(d.at.X))
	direction := make([]float64, len(x))
	for d.do(optimize.MajorIteration) {
		copy(x, d.at.X)
		copy(g, d.at.Gradient)
		if !d.search(x, direction, d.aim(g, direction)) {
			return nil
		}
		d.remember(x, g)
	}
	return nil
}

// aim puts the direction to go from gradient g into direction, and returns the
// length of the first step to try.
func (d *descent) aim(g, direction []float64) float64 {
	for i := range g {
		direction[i] = -g[i]
	}
	if len(d.past) == 0 {
		return 1 / math.Sqrt(dot(g, g))
	}
	var share [remembered]float64
	for k := len(d.past) - 1; k >= 0; k-- {
		m := &d.past[k]
		share[k] = m.rho * dot(m.s, direction)
		addShare(direction, -share[k], m.y)
	}
	last := &d.past[len(d.past)-1]
	scale := 1 / (last.rho * dot(last.y, last.y))
	for i := range direction {
		direction[i] *= scale
	}
	for k := range d.past {
		m := &d.past[k]
		addShare(direction, share[k]-float64(m.rho*dot(m.y, direction)), m.s)
	}
	return 1
}

// search goes from x along direction to where the loss is lower and its slope
// has lost a tenth at least (Wolfe's conditions), by doubling and halving the
// step. It returns false where there is no such place, or no wish for one.
func (d *descent) search(x, direction []float64, step float64) bool {
	loss, slope := d.at.F, dot(d.at.Gradient, direction)
	low, high := 0.0, math.Inf(1)
	for slope < 0 {
		moved := false
		for i := range x {
			d.at.X[i] = x[i] + float64(step*direction[i])
			moved = moved || d.at.X[i] != x[i]
		}
		if !moved || !d.evaluate() {
			return false
		}
		switch {
		case !(d.at.F <= loss+float64(1e-4*step*slope)):
			high = step
		case dot(d.at.Gradient, direction) < 0.9*slope:
			low = step
		default:
			return true
		}
		if step = (low + high) / 2; math.IsInf(high, 1) {
			step = 2 * low
		}
	}
	return false
}

// remember notes the move from x with gradient g to where the descent is.
func (d *descent) remember(x, g []float64) {
	var m move
	if len(d.past) == remembered {
		m = d.past[0]
		d.past = append(d.past[:0], d.past[1:]...)
	} else {
		m = move{s: make([]float64, len(x)), y: make([]float64, len(x))}
	}
	for i := range x {
		m.s[i], m.y[i] = d.at.X[i]-x[i], d.at.Gradient[i]-g[i]
	}
	m.rho = 1 / dot(m.s, m.y)
	d.past = append(d.past, m)
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

// addShare adds share times b to a.
func addShare(a []float64, share float64, b []float64) {
	for i, x := range b {
		a[i] += float64(share * x)
	}
}
