package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"callscam/corpus"
	"callscam/features"

	"github.com/sjwhitworth/golearn/base"
)

// Grid holds the dense tactic features of calls, one row each, with their
// labels, to be written for other tools by golearn. It holds all rows at once:
// about 3 kB a call.
type Grid struct {
	names  []string
	rows   [][]float64
	labels []string
}

// NewGrid returns an empty grid with the vectorizer's columns, the terms'
// excepted.
func NewGrid(v *features.Vectorizer) *Grid {
	g := &Grid{}
	for _, f := range v.Features()[:v.Dense()] {
		g.names = append(g.names, f.Name)
	}
	return g
}

// Add adds a call's row.
func (g *Grid) Add(row features.Vector, label corpus.Label) {
	x := make([]float64, len(g.names))
	for i, col := range row.Index {
		if int(col) < len(x) {
			x[col] = row.Value[i]
		}
	}
	g.rows = append(g.rows, x)
	name := label.String()
	if name == "" {
		name = unlabelled
	}
	g.labels = append(g.labels, name)
}

const unlabelled = "unlabelled"

// WriteARFF writes the grid in Weka's form. Names are turned into identifiers,
// since golearn neither quotes them nor reads them quoted. The last attribute
// is the label: legit or scam, or unlabelled where there are such calls.
func (g *Grid) WriteARFF(out io.Writer) error {
	grid, columns, err := g.instances(identifier)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	if err := base.SerializeInstancesToWriterDenseARFFWithAttributes(w, grid, columns, "callscam"); err != nil {
		return fmt.Errorf("write ARFF: %w", err)
	}
	return w.Flush()
}

// WriteCSV writes the grid with the features' own names and, in the last
// column, the label.
func (g *Grid) WriteCSV(out io.Writer) error {
	grid, columns, err := g.instances(func(name string) string { return name })
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	if err := base.SerializeInstancesToCSVStream(inOrder{grid, columns}, w); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return w.Flush()
}

// inOrder is a grid whose columns are written in order: golearn puts class
// attributes into the order given and all others into that of a map.
type inOrder struct {
	*base.DenseInstances
	columns []base.Attribute
}

// AllClassAttributes returns every column.
func (g inOrder) AllClassAttributes() []base.Attribute { return g.columns }

// instances copies the grid into golearn's, and returns the columns in order.
func (g *Grid) instances(named func(string) string) (*base.DenseInstances, []base.Attribute, error) {
	grid := base.NewDenseInstances()
	if err := grid.CreateAttributeGroup("features", 8); err != nil {
		return nil, nil, fmt.Errorf("make the grid: %w", err)
	}
	var columns []base.Attribute
	specs := make([]base.AttributeSpec, len(g.names))
	for i, name := range g.names {
		a := exact{base.NewFloatAttribute(named(name))}
		spec, err := grid.AddAttributeToAttributeGroup(a, "features")
		if err != nil {
			return nil, nil, fmt.Errorf("column %q: %w", name, err)
		}
		specs[i], columns = spec, append(columns, a)
	}
	label := base.NewCategoricalAttribute()
	label.SetName("label")
	for _, l := range []corpus.Label{corpus.Legit, corpus.Scam} {
		label.GetSysValFromString(l.String())
	}
	at := grid.AddAttribute(label)
	if err := grid.AddClassAttribute(label); err != nil {
		return nil, nil, fmt.Errorf("label: %w", err)
	}
	if err := grid.Extend(len(g.rows)); err != nil {
		return nil, nil, fmt.Errorf("make the grid: %w", err)
	}
	for r, row := range g.rows {
		for i, x := range row {
			grid.Set(specs[i], r, base.PackFloatToBytes(x))
		}
		grid.Set(at, r, label.GetSysValFromString(g.labels[r]))
	}
	return grid, append(columns, label), nil
}

// exact is a number written with as many digits as tell it from any other;
// golearn's own attribute rounds to a fixed count.
type exact struct{ *base.FloatAttribute }

// Compatible reports whether the other attribute is of this kind.
func (e exact) Compatible(other base.Attribute) bool {
	_, ok := other.(exact)
	return ok
}

// Equals reports whether the other attribute has the same kind and name.
func (e exact) Equals(other base.Attribute) bool {
	o, ok := other.(exact)
	return ok && o.Name == e.Name
}

// GetStringFromSysVal returns the number as text.
func (e exact) GetStringFromSysVal(v []byte) string {
	return strconv.FormatFloat(base.UnpackBytesToFloat(v), 'f', -1, 64)
}

// identifier returns a name with nothing but letters, digits and underlines.
func identifier(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_'
	})
	return strings.Join(words, "_")
}
