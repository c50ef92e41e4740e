package report

import (
	"bytes"
	"fmt"
	"html"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

// What callers and those who name files may come up with.
const hostileText = "</title></p><script>alert('1')</script><img src=x onerror=\"alert(2)\"> {{.}} \x1b[31m\x00 \u202egro\u202c https://evil.example/a.css url(https://evil.example) @import 'x'"

// testReport is a report on 120 calls whose names and words are hostileText.
func testReport(t *testing.T) (*evaluate.Report, []corpus.Example, *features.Catalog) {
	t.Helper()
	cat, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	in := evaluate.Input{Title: "evaluation", Model: evaluate.ModelRef{Name: hostileText, Digest: "0123456789ab", Threshold: 0.6},
		By: []string{"source", "lang", "length", "verdict"}, Seed: 1, Rounds: 50, Warnings: []string{"beware of " + hostileText},
		Duplicates: &evaluate.Duplicates{Calls: 120, Verdict: "no near-duplicates of " + hostileText}}
	var examples []corpus.Example
	other := evaluate.Rival{Name: "rival " + hostileText}
	probe := evaluate.ProbeScores{Name: "length only", Lang: "en", Says: "length tells"}
	for i := range 120 {
		scam := i%2 == 0
		p := 0.55*random.Float64() + 0.05
		if scam {
			p += 0.35
		}
		seconds := float64(10 * i)
		prediction := evaluate.Prediction{ID: fmt.Sprintf("%d %s", i, hostileText), Scam: scam, Probability: p, Flagged: p >= 0.6, Verdict: "legit",
			Source: hostileText[:8*(1+i%3)], Group: fmt.Sprint(i / 2), Lang: []string{"en", "zh"}[i/2%2], Turns: 2 + i, Early: []float64{0.3, p * 0.8, p * 0.9, p}, HarmTurn: 1}
		if p >= 0.6 {
			prediction.Verdict, prediction.AlarmTurn, prediction.AlarmSeconds = "scam", 1+i%9, &seconds
			prediction.Reasons = []evaluate.Reason{{Tactic: "screen_share", Polarity: "asserted", Turn: 1, Points: 1.5}}
		}
		in.Predictions = append(in.Predictions, prediction)
		other.Scores = append(other.Scores, random.Float64())
		probe.Scores = append(probe.Scores, random.Float64())
		examples = append(examples, corpus.Example{Transcript: corpus.Transcript{ID: prediction.ID, Turns: []corpus.Turn{
			{Speaker: "caller", Role: corpus.Caller, Text: hostileText + " please share your screen with me now"},
			{Speaker: "\" onclick=\"x", Role: corpus.Callee, Text: "'\"`" + hostileText}}}})
	}
	in.Rivals, in.Probes = []evaluate.Rival{other}, []evaluate.ProbeScores{probe}
	in.Explanations = []evaluate.Explanation{{Group: "1", Whole: 0.9, WithoutQuoted: 0.2, WithoutRandom: 0.9}}
	r, err := evaluate.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return r, examples, cat
}

func reportPage(t *testing.T) string {
	t.Helper()
	r, examples, cat := testReport(t)
	var out bytes.Buffer
	if err := EvaluationHTML(&out, r, examples, cat, "classify evaluate '"+hostileText+"'", false); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func callPage(t *testing.T) string {
	t.Helper()
	cat, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	call, r, m := sample()
	call.ID, r.ID, r.Path = hostileText, hostileText, hostileText
	call.Turns[1].Text = hostileText
	for i := range 40 {
		r.Contributions = append(r.Contributions, classify.Contribution{Feature: fmt.Sprintf("term: %d %s", i, hostileText), Points: 1 / float64(i+7)})
	}
	r.Margin = r.Bias
	for _, c := range r.Contributions {
		r.Margin += c.Points
	}
	var out bytes.Buffer
	d := features.NewAnalyzer(cat).Read(call)
	if err := ExplainHTML(&out, &Explained{Document: d, Result: r, Model: m, Catalog: cat, Running: []float64{0.2, 0.9}}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPageStructure(t *testing.T) {
	said := regexp.MustCompile(`<p class="said">.*`) // what the tactics find in it is theirs to test
	golden(t, "evaluation.outline", outline(t, said.ReplaceAllString(reportPage(t), "")))
	golden(t, "explain.outline", outline(t, callPage(t)))
}

func TestPagesAreTheSameEachTime(t *testing.T) {
	for _, page := range []func(*testing.T) string{reportPage, callPage} {
		if first, second := page(t), page(t); first != second {
			t.Error("the same input gives two pages")
		}
	}
}

func TestReportPage(t *testing.T) {
	r, _, _ := testReport(t)
	page := reportPage(t)
	first := ""
	var charts, marks, wrong int
	for _, n := range nodes(t, page) {
		switch {
		case first == "" && n.depth > 2 && strings.TrimSpace(n.text) != "" && n.Name.Local != "title" && n.Name.Local != "style":
			first = n.text
		case n.Name.Local == "figure":
			charts++
		case n.Name.Local == "mark" && strings.Contains(n.text, "share your screen"):
			marks++
		case n.Name.Local == "details":
			wrong++
		}
	}
	if first = strings.TrimSpace(first); first != r.Headline {
		t.Errorf("the first line is %q, want %q", first, r.Headline)
	}
	if charts != 5 || wrong != len(r.Worst) || wrong == 0 || marks != wrong {
		t.Errorf("%d charts, %d wrong calls, %d marked: want 5 and %d", charts, wrong, marks, len(r.Worst))
	}
	for _, want := range []string{figure(r.All.AUC.Value), interval(r.All.Brier), "1 call in 1,000", "seed 1", "0123456789ab", "better", "Clopper"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
}

// A report on calls of one label, or one without any calls' progress, has
// fewer parts and still makes a page.
func TestPageOfOneLabel(t *testing.T) {
	cat, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := evaluate.Build(evaluate.Input{Title: "evaluation", Rounds: 10, By: []string{"source"}, Model: evaluate.ModelRef{Threshold: evaluate.Figure(math.NaN())},
		Predictions: []evaluate.Prediction{{ID: "a", Probability: 0.9, Flagged: true}, {ID: "b", Probability: 0}}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := EvaluationHTML(&out, r, []corpus.Example{{}, {}}, cat, "classify", false); err != nil {
		t.Fatal(err)
	}
	nodes(t, out.String())
	if page := out.String(); strings.Contains(page, "NaN") || !strings.Contains(page, r.Headline) || strings.Contains(page, "ROC, false") {
		t.Errorf("got %s", page)
	}
}

var (
	shownPoints = regexp.MustCompile(`<td class="n">([+−])(\d+)\.(\d{3})</td><td class="bar">`)
	shownSum    = regexp.MustCompile(`margin</th><td class="n">([+−])(\d+)\.(\d{3})</td>`)
)

func thousandths(parts []string) (n int) {
	fmt.Sscanf(parts[2]+parts[3], "%d", &n)
	if parts[1] == "−" {
		return -n
	}
	return n
}

func TestShownPointsAddUp(t *testing.T) {
	page := html.UnescapeString(callPage(t))
	sum := 0
	rows := shownPoints.FindAllStringSubmatch(page, -1)
	for _, m := range rows {
		sum += thousandths(m)
	}
	total := shownSum.FindStringSubmatch(page)
	if len(rows) < 20 || total == nil || thousandths(total) != sum {
		t.Errorf("%d rows add up to %d, the margin is %q", len(rows), sum, total)
	}
}

func TestAddingUp(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		values := make([]float64, 1+random.IntN(30))
		total := 0.0
		for i := range values {
			values[i] = random.NormFloat64()
			total += values[i]
		}
		want, sum := int(math.Round(1000*total)), 0
		for i, n := range addingUp(values, want) {
			sum += n
			if math.Abs(float64(n)-1000*values[i]) > 1 {
				t.Fatalf("%v became %d thousandths", values[i], n)
			}
		}
		if sum != want {
			t.Fatalf("%v add up to %d, want %d", values, sum, want)
		}
	}
}

func TestPieces(t *testing.T) {
	at := func(start, end int, name string) sign {
		return sign{Span: corpus.Span{Start: start, End: end}, tag: tag{Class: raises, Name: name}, hint: name}
	}
	for _, tt := range []struct {
		signs []sign
		want  string
	}{
		{nil, "abcdef"},
		{[]sign{at(1, 3, "x")}, "a[bc x]def"},
		{[]sign{at(2, 5, "y"), at(1, 3, "x")}, "a[bcde x y]f"},
		{[]sign{at(0, 1, "x"), at(1, 2, "x"), at(5, 6, "z")}, "[a x][b x]cde[f z]"},
		{[]sign{at(0, 3, "x"), at(1, 2, "x")}, "[abc x]def"},
	} {
		got := ""
		for _, p := range pieces("abcdef", tt.signs) {
			if p.Class == "" {
				got += p.Text
				continue
			}
			got += "[" + p.Text
			for _, tag := range p.Tags {
				got += " " + tag.Name
			}
			got += "]"
		}
		if got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}
