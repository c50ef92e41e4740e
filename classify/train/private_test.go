package train

import (
	"fmt"
	"strings"
	"testing"

	"callscam/classify"
	"callscam/corpus"
	"callscam/features"
)

// plant returns calls in which things are said that must not come back, and
// one word that may: three groups share it.
func plant() []corpus.Example {
	var out []corpus.Example
	for i := range 120 {
		group := i / 6
		scam := group%2 == 0
		e := corpus.Example{Label: corpus.Legit, Group: fmt.Sprintf("g%d", group), Source: "s"}
		e.ID, e.Path = fmt.Sprintf("idsecret%d", i), fmt.Sprintf("pathsecret/%d.txt", i)
		text := "hello there how are you today"
		if scam {
			e.Label = corpus.Scam
			text = "this is the quokka office"
		}
		// Numbers are in every call, a name in all calls of two campaigns.
		text += " my card is 4111222233334444 and my code is ４８２９１３ or ٤٨٢٩١٣ or B4C7D2"
		if group < 2 {
			text += " i am zebrafish kettlewell of larkspur lane"
		}
		e.Turns = []corpus.Turn{
			{Speaker: "speakersecret", Role: corpus.Caller, Text: text},
			{Speaker: "other", Role: corpus.Callee, Text: fmt.Sprintf("uniqueword%s and 斑马鱼在此 %d", strings.Repeat("x", i), i)},
		}
		if group < 2 {
			e.Turns[1].Text += " 独角兽"
		}
		out = append(out, e)
	}
	return out
}

// The model file gives back no number, nothing that fewer than three groups
// said, no more than two words in a row, and no ID, path or speaker.
func TestModelKeepsSecrets(t *testing.T) {
	calls := plant()
	m, _ := learn(t, calls)
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	file := string(data)
	if !strings.Contains(file, `"term: quokka"`) {
		t.Fatal("a word of ten groups is missing: the test would find nothing")
	}
	checkTerms(t, m)
	for _, secret := range []string{"zebrafish", "kettlewell", "larkspur", "uniqueword", "idsecret", "pathsecret", "speakersecret", "独角", "角兽",
		"4111", "4444", "４８", "482913", "٤٨", "b4c7d2"} {
		if at := strings.Index(strings.ToLower(file), secret); at >= 0 {
			t.Errorf("the model file gives %q back: %.60q", secret, file[max(0, at-20):])
		}
	}
}

// Without terms, as by default, not even what everybody says is in the file.
func TestDefaultModelHasNoWords(t *testing.T) {
	m, _ := learnWith(t, plant(), DefaultConfig())
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{`"term: `, "quokka", "hello", "斑", "4111"} {
		if strings.Contains(string(data), word) {
			t.Errorf("the model file has %q", word)
		}
	}
}

func checkTerms(t *testing.T, m *classify.Model) {
	t.Helper()
	terms := 0
	for _, w := range m.Weights {
		term, ok := features.TermOf(w.Name)
		if !ok {
			continue
		}
		terms++
		han := 0
		for _, r := range term {
			if corpus.IsHan(r) {
				han++
			}
		}
		if len(strings.Fields(term)) > 2 || han > 2 {
			t.Errorf("the term %q is more than two words", term)
		}
	}
	if terms < 5 {
		t.Errorf("%d terms only", terms)
	}
}
