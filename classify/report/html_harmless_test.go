package report

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

var (
	harmlessElements = []string{"html", "head", "meta", "title", "style", "body", "header", "main", "section", "nav", "h1", "h2", "h3", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "div",
		"table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg", "path", "line", "rect", "circle", "text", "details", "summary", "span", "bdi", "mark", "b", "code", "small"}
	fetching = regexp.MustCompile(`(?i)url\s*\(|@import|//|javascript:|data:`)
)

// pageOf reads a page as a browser does. Nothing in it may make one fetch or
// run anything, and nothing steers a terminal that shows it as text. It returns
// the elements and all the text.
func pageOf(t *testing.T, name, page string) (elements []string, text string) {
	t.Helper()
	checkHarmless(t, name, page)
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var said strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			if n.Parent.Data != "style" {
				said.WriteString(n.Data)
			} else if fetching.MatchString(n.Data) {
				t.Errorf("%s: a style fetches: %s", name, fetching.FindString(n.Data))
			}
		case html.ElementNode:
			elements = append(elements, n.Data)
			checkElement(t, name, n)
		case html.DoctypeNode:
		default:
			t.Errorf("%s: a node of type %d: %q", name, n.Type, n.Data)
		}
	}
	if !strings.Contains(page, `content="default-src 'none'; style-src 'unsafe-inline';`) {
		t.Errorf("%s does not forbid fetching", name)
	}
	return elements, said.String()
}

func checkElement(t *testing.T, name string, n *html.Node) {
	t.Helper()
	if !slices.Contains(harmlessElements, n.Data) {
		t.Errorf("%s has a <%s>", name, n.Data)
	}
	for _, a := range n.Attr {
		switch key := a.Key; {
		case strings.HasPrefix(key, "on"), slices.Contains([]string{"src", "srcset", "action", "background", "data", "formaction", "poster", "ping"}, key):
			t.Errorf("%s: <%s %s=%q>", name, n.Data, key, a.Val)
		case key == "href" && !strings.HasPrefix(a.Val, "#"), key == "style" && fetching.MatchString(a.Val):
			t.Errorf("%s: <%s %s=%q>", name, n.Data, key, a.Val)
		case key == "http-equiv" && a.Val != "Content-Security-Policy":
			t.Errorf("%s: <%s %s=%q>", name, n.Data, key, a.Val)
		}
	}
}

// hostilePages are both pages with strangers' strings in all places.
func hostilePages(t *testing.T, c *features.Catalog, id, speaker, text, other string) map[string]string {
	t.Helper()
	ex, r := hostileResult(id, speaker, text, other)
	_, _, m := sample()
	out := map[string]string{}
	var b bytes.Buffer
	e := &Explained{Document: features.NewAnalyzer(c).Read(&ex.Transcript), Result: r, Model: m, Catalog: c, Running: []float64{0.5}}
	if err := ExplainHTML(&b, e); err != nil {
		t.Fatalf("explain: %v", err)
	}
	out["explain.html"] = b.String()
	b.Reset()
	report := hostileReport(id, other)
	report.Calls = []evaluate.Prediction{{ID: id, Path: other, Source: id, Pretext: other, Group: speaker, Lang: other}}
	if err := EvaluationHTML(&b, report, []corpus.Example{*ex}, c, other, false); err != nil {
		t.Fatalf("evaluation: %v", err)
	}
	out["evaluation.html"] = b.String()
	return out
}

// plainly takes away what markup is made of.
var plainly = strings.NewReplacer("<", "‹", ">", "›", "&", "+", `"`, "“", "'", "’", "`", "‘")

// checkPages wants both pages harmless, with what was said in them, and with
// the elements that they would have if nobody had come up with markup.
func checkPages(t *testing.T, c *features.Catalog, id, speaker, text, other string) {
	t.Helper()
	given := strings.Join([]string{id, speaker, text, other}, "")
	without := map[string]string{}
	if plainly.Replace(given) != given {
		without = hostilePages(t, c, plainly.Replace(id), plainly.Replace(speaker), plainly.Replace(text), plainly.Replace(other))
	}
	for name, page := range hostilePages(t, c, id, speaker, text, other) {
		elements, said := pageOf(t, name, page)
		if want := strings.Fields(Plain(text)); len(want) > 0 && !strings.Contains(said, want[0]) {
			t.Errorf("%s lost what was said: %q", name, want[0])
		}
		if without[name] == "" {
			continue
		}
		if want, _ := pageOf(t, name, without[name]); !slices.Equal(elements, want) {
			t.Errorf("%s: %q, %q, %q and %q change the elements from\n%v to\n%v", name, id, speaker, text, other, want, elements)
		}
	}
}

// fewTactics is a catalog in which no rule looks at quotes or brackets.
func fewTactics(t testing.TB) *features.Catalog {
	t.Helper()
	c, err := features.LoadCatalog(fstest.MapFS{"x.tactic": {Data: []byte("id: T10\nname: screen_share\nmeaning: m\nwhy: w\nstage: compliance\nstrength: 2\nen:\n  share\nmatch en:\n  share\n")}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Nothing in a page makes a browser fetch anything, and nothing of what was
// said becomes markup.
func TestPagesAreHarmless(t *testing.T) {
	for name, page := range map[string]string{"evaluation": reportPage(t), "explain": callPage(t)} {
		if _, said := pageOf(t, name, page); !strings.Contains(said, "<script>alert('1')</script>") {
			t.Errorf("%s lost what was said", name)
		}
		if strings.Contains(page, "NaN") || strings.Contains(page, "Inf") {
			t.Errorf("%s shows what is no number", name)
		}
	}
}
