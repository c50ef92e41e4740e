package features

import "slices"

// Sighting is what a vector is made of before it is settled which terms are
// columns: the dense features that are not zero, and the distinct terms.
type Sighting struct {
	Dense Vector
	Terms []int32 // numbers in the vocabulary, ascending
}

// Vocabulary numbers the terms it meets. It is not safe for concurrent use.
type Vocabulary struct {
	ids   map[string]int32
	names []string
}

// NewVocabulary returns an empty vocabulary.
func NewVocabulary() *Vocabulary { return &Vocabulary{ids: map[string]int32{}} }

// Names returns the terms by number.
func (vo *Vocabulary) Names() []string { return vo.names }

// See returns the document's sighting and adds its terms to the vocabulary;
// without a vocabulary, terms are left out.
func (v *Vectorizer) See(vo *Vocabulary, d *Document) Sighting {
	s := Sighting{Dense: v.dense(d)}
	if vo == nil {
		return s
	}
	for i := range d.Words {
		eachTerm(d.Words[i], func(t []byte) {
			id, ok := vo.ids[string(t)]
			if !ok {
				id = int32(len(vo.names))
				name := string(t)
				vo.ids[name] = id
				vo.names = append(vo.names, name)
			}
			s.Terms = append(s.Terms, id)
		})
	}
	slices.Sort(s.Terms)
	s.Terms = slices.Clip(slices.Compact(s.Terms))
	return s
}

// Columns returns, for every term of the vocabulary, its column, or -1.
func (v *Vectorizer) Columns(vo *Vocabulary) []int32 {
	columns := make([]int32, len(vo.names))
	for id, name := range vo.names {
		columns[id] = -1
		if col, ok := v.terms[name]; ok {
			columns[id] = col
		}
	}
	return columns
}

// Combine returns the row that Vector would give for the sighting's document.
func (v *Vectorizer) Combine(s Sighting, columns []int32) Vector {
	var cols []int32
	for _, id := range s.Terms {
		if c := columns[id]; c >= 0 {
			cols = append(cols, c)
		}
	}
	slices.Sort(cols)
	return appendTerms(Vector{slices.Clone(s.Dense.Index), slices.Clone(s.Dense.Value)}, cols)
}

func (v *Vectorizer) dense(d *Document) Vector {
	dense := make([]float64, v.Dense())
	v.layout.fill(v.catalog, d, dense)
	var row Vector
	for i, x := range dense {
		if x != 0 {
			row.Index = append(row.Index, int32(i))
			row.Value = append(row.Value, x)
		}
	}
	return row
}

func appendTerms(row Vector, cols []int32) Vector {
	x := termValue(len(cols))
	for _, col := range cols {
		row.Index = append(row.Index, col)
		row.Value = append(row.Value, x)
	}
	return row
}
