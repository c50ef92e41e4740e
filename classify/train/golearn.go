package train

import (
	"fmt"

	"github.com/sjwhitworth/golearn/base"
	"github.com/sjwhitworth/golearn/naive"
	"github.com/sjwhitworth/golearn/trees"

	"callscam/features"
)

const nbTerms = 500

// naiveBayes is golearn's Bernoulli naive Bayes on whether the most frequent
// terms occur.
func naiveBayes(s *trainingSet, in, out []int, seed uint64) ([]float64, error) {
	column := map[int32]int{}
	v := features.NewVectorizer(s.cat, s.terms(in, nbTerms))
	for id, col := range v.Columns(s.vocab) {
		if col >= 0 {
			column[int32(id)] = int(col) - v.Dense()
		}
	}
	width := len(column)
	// golearn fails for a class without any feature: one more is always there,
	// and weighs nothing.
	row := func(i int, set func(col int, x float64)) {
		set(width, 1)
		for _, id := range s.seen[i][0].sighting.Terms {
			if col, ok := column[id]; ok {
				set(col, 1)
			}
		}
	}
	asked := grid(s, out, width+1, binaryColumn, row)
	return vote(in, out, seed, s.labels, func(drawn []int) ([]bool, error) {
		nb := naive.NewBernoulliNBClassifier()
		if err := nb.Fit(grid(s, drawn, width+1, binaryColumn, row)); err != nil {
			return nil, err
		}
		told, err := nb.Predict(asked)
		if err != nil {
			return nil, err
		}
		votes := make([]bool, len(out))
		for k := range votes {
			votes[k] = base.GetClass(told, k) == scamValue
		}
		return votes, nil
	})
}

const (
	treeDepth = 5
	treeSteps = 8
)

// decisionTree is golearn's CART on the dense features, in eighths: it tries
// every distinct value of every feature.
func decisionTree(s *trainingSet, in, out []int, seed uint64) ([]float64, error) {
	width := features.NewVectorizer(s.cat, nil).Dense()
	row := func(i int, set func(col int, x float64)) {
		d := s.seen[i][0].sighting.Dense
		for k, col := range d.Index {
			set(int(col), float64(int(float64(d.Value[k]*treeSteps)+0.5))/treeSteps)
		}
	}
	asked := grid(s, out, width, floatColumn, row)
	return vote(in, out, seed, s.labels, func(drawn []int) ([]bool, error) {
		tree := trees.NewDecisionTreeClassifier(trees.GINI, treeDepth, []int64{0, 1})
		if err := tree.Fit(grid(s, drawn, width, floatColumn, row)); err != nil {
			return nil, err
		}
		votes := make([]bool, len(out))
		for k, class := range tree.Predict(asked) {
			votes[k] = class == 1
		}
		return votes, nil
	})
}

// The kinds of columns that golearn's classifiers take, with the class column
// that goes with them.
type columnKind int

const (
	binaryColumn columnKind = iota
	floatColumn
)

const (
	legitValue = "0"
	scamValue  = "1"
)

func (k columnKind) attribute(name string) base.Attribute {
	if k == binaryColumn {
		return base.NewBinaryAttribute(name)
	}
	return base.NewFloatAttribute(name)
}

// class is categorical for naive Bayes, and a number for trees.
func (k columnKind) class() base.Attribute {
	if k == floatColumn {
		return base.NewFloatAttribute("class")
	}
	a := base.NewCategoricalAttribute()
	a.SetName("class")
	a.GetSysValFromString(legitValue)
	a.GetSysValFromString(scamValue)
	return a
}

// grid lays the calls out as golearn wants them. It panics where golearn
// refuses a grid that it made itself.
func grid(s *trainingSet, calls []int, width int, kind columnKind, row func(i int, set func(col int, x float64))) *base.DenseInstances {
	g := base.NewDenseInstances()
	specs := make([]base.AttributeSpec, width)
	for col := range specs {
		specs[col] = g.AddAttribute(kind.attribute(fmt.Sprintf("f%05d", col)))
	}
	classAttribute := kind.class()
	class := g.AddAttribute(classAttribute)
	must(g.AddClassAttribute(classAttribute))
	must(g.Extend(len(calls)))
	values := [2][]byte{classAttribute.GetSysValFromString(legitValue), classAttribute.GetSysValFromString(scamValue)}
	for k, i := range calls {
		row(i, func(col int, x float64) {
			if kind == binaryColumn {
				g.Set(specs[col], k, []byte{1})
				return
			}
			g.Set(specs[col], k, base.PackFloatToBytes(x))
		})
		label := 0
		if s.labels[i] {
			label = 1
		}
		g.Set(class, k, values[label])
	}
	return g
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
