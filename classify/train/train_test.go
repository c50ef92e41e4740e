package train

import (
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"

	"callscam/classify"
	"callscam/corpus"
	"callscam/features"
)

var silent = func(string, int, int) {}

// shop returns n invented calls: scam ones ask for the screen, most legitimate
// ones do not.
func shop(n int) []corpus.Example {
	rng := rand.New(rand.NewSource(1))
	small := []string{"hello there", "yes the weather is fine", "let me look", "your parcel is late", "thank you", "one moment please"}
	var out []corpus.Example
	for i := range n {
		e := corpus.Example{Label: corpus.Legit, Group: fmt.Sprintf("g%d", i/2), Source: "s"}
		e.ID = fmt.Sprint(i)
		scam := i/2%2 == 0
		if scam {
			e.Label = corpus.Scam
		}
		for k := range 6 {
			speaker := []string{"caller", "callee"}[k%2]
			text := small[rng.Intn(len(small))]
			if k == 2 && (scam && rng.Intn(10) > 1 || !scam && rng.Intn(10) == 0) {
				text = "now share your screen with me"
			}
			e.Turns = append(e.Turns, corpus.Turn{Speaker: speaker, Role: corpus.RoleOf(speaker), Text: text})
		}
		out = append(out, e)
	}
	return out
}

// learn trains with terms as well as tactics.
func learn(t *testing.T, calls []corpus.Example) (*classify.Model, *Report) {
	t.Helper()
	cfg := DefaultConfig()
	cfg.Terms = 3000
	return learnWith(t, calls, cfg)
}

func learnWith(t *testing.T, calls []corpus.Example, cfg classify.Config) (*classify.Model, *Report) {
	t.Helper()
	cat, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	m, r, err := Train(calls, cat, cfg, silent)
	if err != nil {
		t.Fatal(err)
	}
	return m, r
}

func TestTrainDoesNotDependOnOrder(t *testing.T) {
	calls := shop(80)
	var want []byte
	for round := range 3 {
		rand.New(rand.NewSource(int64(round))).Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
		m, _ := learn(t, calls)
		got, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		} else if string(got) != string(want) {
			t.Fatal("the model depends on the order of the calls")
		}
	}
}

func TestTrainLearns(t *testing.T) {
	m, r := learn(t, shop(200))
	if r.Summary.AUC.Value < 0.75 {
		t.Errorf("ROC-AUC %v", r.Summary.AUC.Value)
	}
	if rate := r.Summary.Alarms.Value; rate > 0.01 {
		t.Errorf("false-alarm rate %v at a threshold for 0.01", rate)
	}
	for _, w := range m.Weights {
		if strings.HasPrefix(w.Name, "screen_share") && !strings.HasSuffix(w.Name, "denied") && !strings.HasSuffix(w.Name, "retold") && w.Weight < 0 {
			t.Errorf("%s has weight %v", w.Name, w.Weight)
		}
	}
	cat, _ := features.Default()
	if _, err := classify.New(m, "x", cat); err != nil {
		t.Error(err)
	}
}

func TestTermsAreLearnedOnlyWhenAsked(t *testing.T) {
	for _, terms := range []int{0, 40} {
		cfg := DefaultConfig()
		cfg.Terms = terms
		m, r := learnWith(t, shop(80), cfg)
		found := 0
		for _, w := range m.Weights {
			if _, ok := features.TermOf(w.Name); ok {
				found++
			}
		}
		if r.Terms > terms || (found > 0) != (terms > 0) {
			t.Errorf("asked for %d terms: learned from %d, %d in the model", terms, r.Terms, found)
		}
	}
}

// What one script alone says stays out of the model, and so does every digit.
func TestModelHoldsNoSecrets(t *testing.T) {
	calls := shop(80)
	for i := range calls {
		calls[i].Turns[4].Text += " 4471 8812"
	}
	calls[0].Turns[4].Text += " xylophonist quartz"
	calls[1].Turns[4].Text += " xylophonist quartz"
	m, _ := learn(t, calls)
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range m.Weights {
		if term, ok := features.TermOf(w.Name); ok && strings.ContainsAny(term, "0123456789") {
			t.Errorf("term %q", term)
		}
	}
	for _, secret := range []string{"xylophonist", "quartz", "4471", "8812"} {
		if strings.Contains(string(data), "term: "+secret) {
			t.Errorf("the model file holds %q", secret)
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	cat, _ := features.Default()
	bad := DefaultConfig()
	bad.MaxFPR = 2
	unlabelled := shop(40)
	unlabelled[3].Label = corpus.Unlabelled
	for _, tt := range []struct {
		calls []corpus.Example
		cfg   classify.Config
		want  string
	}{
		{nil, DefaultConfig(), "no calls"},
		{shop(8), DefaultConfig(), "at least 5 groups"},
		{unlabelled, DefaultConfig(), "1 of 40 calls have no label"},
		{shop(40), bad, "max-fpr 2"},
	} {
		if _, _, err := Train(tt.calls, cat, tt.cfg, silent); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %q", err, tt.want)
		}
	}
}

func TestPlatt(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	var margins []float64
	var scam []bool
	for range 4000 {
		m := rng.NormFloat64() * 2
		margins = append(margins, m)
		scam = append(scam, rng.Float64() < 1/(1+math.Exp(-(1.7*m))))
	}
	c := platt(margins, scam)
	if math.Abs(c.Slope-1.7) > 0.15 || math.Abs(c.Intercept) > 0.15 {
		t.Errorf("%+v, want slope 1.7 and intercept 0", c)
	}
}

func TestGradient(t *testing.T) {
	cat, _ := features.Default()
	v := features.NewVectorizer(cat, nil)
	p := newProblem(v.Features(), DefaultConfig().Penalty)
	a := features.NewAnalyzer(cat)
	for _, e := range shop(20) {
		vo := features.NewVocabulary()
		p.add(v.Combine(v.See(vo, a.Read(&e.Transcript)), make([]int32, 1000)), e.Label == corpus.Scam, 0.05)
	}
	w := make([]float64, len(v.Features()))
	rng := rand.New(rand.NewSource(3))
	for i := range w {
		w[i] = rng.NormFloat64()
	}
	g, unused := make([]float64, len(w)), make([]float64, len(w))
	_, gb := p.loss(w, 0.3, g)
	const h = 1e-6
	for i := range w {
		at := w[i]
		w[i] = at + h
		up, _ := p.loss(w, 0.3, unused)
		w[i] = at - h
		down, _ := p.loss(w, 0.3, unused)
		w[i] = at
		if d := (up - down) / (2 * h); math.Abs(d-g[i]) > 1e-6 {
			t.Fatalf("slope by %s: %v, numerically %v", v.Features()[i].Name, g[i], d)
		}
	}
	up, _ := p.loss(w, 0.3+h, unused)
	down, _ := p.loss(w, 0.3-h, unused)
	if d := (up - down) / (2 * h); math.Abs(d-gb) > 1e-6 {
		t.Errorf("slope by the bias: %v, numerically %v", gb, d)
	}
}

func TestThreshold(t *testing.T) {
	legit := []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95}
	for fpr, want := range map[float64]int{0.01: 0, 0.1: 1, 0.2: 2, 0.5: 5} {
		th, flagged := thresholdAt(legit, fpr), 0
		for _, p := range legit {
			if p >= th {
				flagged++
			}
		}
		if flagged != want {
			t.Errorf("at %v: threshold %v flags %d of 10, want %d", fpr, th, flagged, want)
		}
	}
}

// Where calls are of several languages, each adds to what all share.
func TestLanguagesAddToOneModel(t *testing.T) {
	calls := shop(80)
	if m, _ := learn(t, calls); m.Languages != nil {
		t.Errorf("one language, and %v added", m.Languages)
	}
	for i := range calls {
		if i%8 < 4 {
			calls[i].Lang = "zh"
		}
	}
	m, _ := learn(t, calls)
	if len(m.Languages) != 2 || m.Languages["zh"].Bias == m.Languages["en"].Bias {
		t.Errorf("two languages, and %v added", m.Languages)
	}
	for lang, v := range m.Languages {
		for _, w := range v.Weights {
			if w.Name == "screen_share" && w.Weight < 0 {
				t.Errorf("%s takes from %s: %v", lang, w.Name, w.Weight)
			}
			if _, ok := features.TermOf(w.Name); ok {
				t.Errorf("%s adds to %s", lang, w.Name)
			}
		}
	}
}
