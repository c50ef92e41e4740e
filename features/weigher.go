package features

import "math/bits"

// Weigher turns documents into vectors and margins under fixed weights. It is
// not safe for concurrent use; every worker has its own.
type Weigher struct {
	v       *Vectorizer
	weights []float64
	bias    float64
	terms   termReader
	said    []uint64 // a bit for every term's column
	dense   []float64
	running running
	margins []float64
}

// NewWeigher returns a weigher. There is one weight for each of the
// vectorizer's features.
func (v *Vectorizer) NewWeigher(weights []float64, bias float64) *Weigher {
	return &Weigher{v: v, weights: weights, bias: bias, terms: termReader{table: v.table}, dense: make([]float64, v.Dense()),
		said: make([]uint64, (len(v.features)-v.Dense()+63)/64), running: newRunning(v, weights)}
}

// Weigh returns the document's row, as Vector does, and, for each turn, the
// margin of the call cut off after it: bias plus the dot product of that
// prefix's row and the weights. The margins are valid until the next call.
func (w *Weigher) Weigh(d *Document) (Vector, []float64) {
	clear(w.said)
	dense := w.v.Dense()
	w.margins = w.running.start(d, w.margins[:0])
	sum, distinct := 0.0, 0
	for k := range d.Words {
		m := w.bias + w.running.next()
		if len(w.said) > 0 {
			w.terms.eachColumn(d.lex, d.Words[k], func(column int32) {
				at := int(column) - dense
				if bit := uint64(1) << (at & 63); w.said[at>>6]&bit == 0 {
					w.said[at>>6] |= bit
					distinct++
					sum += w.weights[column]
				}
			})
			m += float64(sum * termValue(distinct))
		}
		w.margins = append(w.margins, m)
	}
	return w.row(d, distinct), w.margins
}

func (w *Weigher) row(d *Document, distinct int) Vector {
	w.v.layout.fill(w.v.catalog, d, w.dense)
	n := distinct
	for _, x := range w.dense {
		if x != 0 {
			n++
		}
	}
	if n == 0 {
		return Vector{}
	}
	row := Vector{make([]int32, 0, n), make([]float64, 0, n)}
	for i, x := range w.dense {
		if x != 0 {
			row.Index, row.Value = append(row.Index, int32(i)), append(row.Value, x)
		}
	}
	x := termValue(distinct)
	for i, set := range w.said {
		for ; set != 0; set &= set - 1 {
			row.Index = append(row.Index, int32(len(w.dense)+i<<6+bits.TrailingZeros64(set)))
			row.Value = append(row.Value, x)
		}
	}
	return row
}
