package classify

import (
	"math"
	"strings"
	"testing"

	"callscam/features"
)

func bilingual(t testing.TB) *Classifier {
	t.Helper()
	c, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	m := testModel(t)
	m.Languages = map[string]Voice{"zh": {Bias: 0.5, Weights: []Weight{{"screen_share", 1}}}, "en": {Bias: -0.25}}
	if _, err := m.Encode(); err != nil {
		t.Fatal(err)
	}
	cl, err := New(m, "test", c)
	if err != nil {
		t.Fatal(err)
	}
	return cl
}

// What a language adds counts in its calls alone, and the points still add up.
func TestVoices(t *testing.T) {
	s := bilingual(t).NewScorer()
	for _, k := range []struct {
		lang, text   string
		bias, weight float64
	}{
		{"", "now share your screen with me", -1.25, 2},
		{"", "现在请您打开屏幕共享", -0.5, 3},
		{"ko", "now share your screen with me", -1, 2},
	} {
		one := call("x", k.text)
		one.Lang = k.lang
		r := s.Score(&one)
		sum := r.Bias
		for _, p := range r.Contributions {
			sum += p.Points
			if p.Feature == "screen_share" && p.Points != k.weight {
				t.Errorf("%q in %q: %v points, want %v", k.text, k.lang, p.Points, k.weight)
			}
		}
		if r.Bias != k.bias || math.Abs(sum-r.Margin) > 1e-12 {
			t.Errorf("%q in %q: bias %v, want %v; sum %v, margin %v", k.text, k.lang, r.Bias, k.bias, sum, r.Margin)
		}
	}
}

// A call that begins in one language and goes on in another has, after each
// turn, the probability of the call that ends there.
func TestRunningProbabilityOfMixedCalls(t *testing.T) {
	s, alone := bilingual(t).NewScorer(), bilingual(t).NewScorer()
	for _, lang := range []string{"", "en", "zh"} {
		mixed := call("x", "Hello, is that Mrs Lin?", "喂，你好，你是哪位？", "请您打开屏幕共享。", "Sorry, I speak English only, can we go on in English please, thank you very much.",
			"Then share your screen with me now so that I can help you with the account.", "Okay.")
		mixed.Lang = lang
		r, running := s.ScoreTurns(&mixed)
		langs := strings.Join(mixed.Languages(), " ")
		if lang == "" && langs != "en zh zh en en en" {
			t.Fatalf("languages %q", langs)
		}
		for k := range mixed.Turns {
			prefix := mixed
			prefix.Turns = mixed.Turns[:k+1]
			if want := alone.Score(&prefix).Probability; math.Abs(running[k]-want) > 1e-9 {
				t.Errorf("lang %q, after turn %d: %v, the prefix alone gives %v", lang, k+1, running[k], want)
			}
		}
		if last := running[len(running)-1]; math.Abs(last-r.Probability) > 1e-9 {
			t.Errorf("lang %q: %v after the last turn, %v in the result", lang, last, r.Probability)
		}
	}
}

func TestUnusableVoices(t *testing.T) {
	c, _ := features.Default()
	for name, v := range map[string]Voice{
		"unknown feature": {Weights: []Weight{{"no such", 1}}},
		"forbidden sign":  {Weights: []Weight{{"screen_share", -5}}},
	} {
		m := testModel(t)
		m.Languages = map[string]Voice{"zh": v}
		if _, err := New(m, "test", c); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
	m := testModel(t)
	m.Languages = map[string]Voice{"zh": {Weights: []Weight{{"screen_share", 1}, {"screen_share", 1}}}}
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DecodeModel(data); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a weight given twice: %v", err)
	}
}
