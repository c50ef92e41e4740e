package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"callscam/classify"
	"callscam/corpus"
	"callscam/features"
)

// goldenCatalog is a small catalog of its own, so that a new rule of the one
// that ships does not change the golden results.
func goldenCatalog(t testing.TB) *features.Catalog {
	c, err := features.LoadCatalog(os.DirFS("testdata/golden"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// goldenCalls strings the catalog's own examples together: some calls say who
// is who, some are as a recogniser writes them, some hold what no word is.
func goldenCalls(c *features.Catalog, n int) []corpus.Transcript {
	rng := rand.New(rand.NewSource(1))
	lines := map[string][]string{}
	for _, t := range c.Tactics {
		for _, ex := range t.Examples {
			lines[ex.Lang] = append(lines[ex.Lang], ex.Text)
		}
	}
	odd := []string{" — 4471, 3.50 ", " U.S.A. ", " $20 … ", "\xff ", "!!! ", " e-mail@x.org ", " 螢幕 ", " uh, uh ", " (we'll) ", "“don’t”", " I I ", "。", " ＡＢ１ "}
	speakers := [][2]corpus.Turn{
		{{Speaker: "caller", Role: corpus.Caller}, {Speaker: "callee", Role: corpus.Callee}},
		{{Speaker: "A"}, {Speaker: "B"}},
		{{Speaker: "A"}, {Speaker: "A"}},
		{{Speaker: "x", Role: corpus.Customer}, {Speaker: "y"}},
	}
	calls := make([]corpus.Transcript, n)
	for i := range calls {
		call := &calls[i]
		call.ID, call.Path = fmt.Sprint("call ", i), "golden.jsonl"
		lang := [...]string{"en", "zh"}[rng.Intn(2)]
		who := speakers[rng.Intn(len(speakers))]
		for range 1 + rng.Intn(12) {
			turn := who[rng.Intn(2)]
			for range 1 + rng.Intn(3) {
				text := lines[lang][rng.Intn(len(lines[lang]))]
				if rng.Intn(4) == 0 {
					text = strings.ToLower(strings.NewReplacer(",", "", ".", "", "，", "", "。", "").Replace(text))
				}
				if rng.Intn(4) == 0 {
					text = odd[rng.Intn(len(odd))] + text
				}
				turn.Text += text + [...]string{" ", ". ", ", "}[rng.Intn(3)]
			}
			call.Turns = append(call.Turns, turn)
		}
	}
	return calls
}

// goldenModel weighs all dense features and the most frequent terms.
func goldenModel(t testing.TB, c *features.Catalog, calls []corpus.Transcript) *classify.Classifier {
	count := map[string]int{}
	a := features.NewAnalyzer(c)
	for i := range calls {
		for _, words := range a.Read(&calls[i]).Words {
			prev := ""
			for _, w := range words {
				count[w.Norm]++
				if prev != "" {
					count[prev+" "+w.Norm]++
				}
				prev = w.Norm
			}
		}
	}
	var terms []string
	for term, n := range count {
		if n > 40 && !strings.ContainsAny(term, "0123456789") {
			terms = append(terms, strings.TrimSpace(term))
		}
	}
	slices.SortFunc(terms, func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	m := &classify.Model{Catalog: c.Digest, Bias: -1.25, Calibration: classify.Calibration{Slope: 1.3, Intercept: 0.2},
		Thresholds: classify.Thresholds{Scam: classify.Threshold{Probability: 0.75}, Unsure: classify.Threshold{Probability: 0.4}}}
	rng := rand.New(rand.NewSource(2))
	for _, f := range features.NewVectorizer(c, terms[:min(600, len(terms))]).Features() {
		w := float64(rng.Intn(2000)) / 10000
		switch {
		case f.Sign == features.Lowers, f.Sign == features.Free && rng.Intn(2) == 0:
			w = -w
		}
		m.Weights = append(m.Weights, classify.Weight{Name: f.Name, Weight: w + f.Prior})
	}
	if _, err := m.Encode(); err != nil {
		t.Fatal(err)
	}
	cl, err := classify.New(m, "golden", c)
	if err != nil {
		t.Fatal(err)
	}
	return cl
}

// The bytes of 2,000 results: their hashes, and every hundredth in full.
func TestGoldenResults(t *testing.T) {
	c := goldenCatalog(t)
	calls := goldenCalls(c, 2000)
	s := goldenModel(t, c, calls).NewScorer()
	var hashes, whole bytes.Buffer
	for i := range calls {
		var line bytes.Buffer
		w := newJSONL(&line, "")
		if err := w.Write(nil, s.Score(&calls[i])); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(line.Bytes())
		fmt.Fprintf(&hashes, "%x\n", sum[:4])
		if i%100 == 0 {
			whole.Write(line.Bytes())
		}
	}
	golden(t, "golden-results.jsonl", whole.Bytes())
	golden(t, "golden-hashes.txt", hashes.Bytes())
}
