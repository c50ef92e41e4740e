package features

import (
	"math/rand"
	"strings"
	"testing"
	"unicode"

	"github.com/jdkato/prose/v2"
)

var sampleTexts = []string{
	"Hello, this is the bank's fraud desk. Don't hang up!",
	"I don't. You can't; they won't? It's $500, isn't it.",
	"“Press one,” she said — and he’s waiting… (really)",
	"打开app点共享屏幕，然后输入6位验证码。",
	"call 555-01 now... http://x.example/a?b=c :-) U.S. Mr. No.",
	"a\xffb\xfe 'tis rock'n'roll n't 's ''' !!!!",
	strings.Repeat("!", 700) + strings.Repeat("x", 700) + strings.Repeat("é", 300),
	"", " \t\n ", "\u00a0\u3000nbsp",
}

// checkTiling fails unless the tokens stand in order, do not overlap and cover
// every byte that is not white space.
func checkTiling(t *testing.T, text string) {
	t.Helper()
	at := 0
	for _, tok := range Tokens(text) {
		if tok.Start < at || tok.End <= tok.Start || tok.End > len(text) || text[tok.Start:tok.End] != tok.Text {
			t.Fatalf("token %q at [%d,%d) after %d in %q", tok.Text, tok.Start, tok.End, at, text)
		}
		for _, r := range text[at:tok.Start] {
			if !unicode.IsSpace(r) {
				t.Fatalf("%q is in no token of %q", text[at:tok.Start], text)
			}
		}
		at = tok.End
	}
	if strings.TrimSpace(text[at:]) != "" {
		t.Fatalf("%q is in no token of %q", text[at:], text)
	}
}

func TestTokensTile(t *testing.T) {
	for _, text := range sampleTexts {
		checkTiling(t, text)
	}
	rng := rand.New(rand.NewSource(1))
	alphabet := []rune("ab'nt .,!?$()\"’“…-银行，。 \n&;é")
	for range 3000 {
		var b strings.Builder
		for range rng.Intn(30) {
			b.WriteRune(alphabet[rng.Intn(len(alphabet))])
		}
		checkTiling(t, b.String())
	}
}

// Where prose loses nothing, its tokens and ours are the same.
func TestTokensEqualProse(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	pieces := []string{"hello", "don't", "it's", "bank", "they'll", "$500", "(yes)", "no,", "wait.", "\"so\"", "U.S.", "Mr.", "one-time", "what?!", "I'm", "3.5", "he:", "x;y"}
	compared := 0
	for range 2000 {
		var words []string
		for range 1 + rng.Intn(8) {
			words = append(words, pieces[rng.Intn(len(pieces))])
		}
		text := strings.Join(words, " ")
		doc, err := prose.NewDocument(text, prose.WithTagging(false), prose.WithExtraction(false), prose.WithSegmentation(false))
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		kept := 0
		for _, tok := range doc.Tokens() {
			want = append(want, tok.Text)
			kept += len(tok.Text)
		}
		if kept != len(strings.Join(words, "")) {
			continue
		}
		compared++
		var got []string
		for _, tok := range Tokens(text) {
			got = append(got, tok.Text)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("%q\n got %q\nwant %q", text, got, want)
		}
	}
	if compared < 500 {
		t.Fatalf("only %d texts compared", compared)
	}
}

func TestContractionsSurvive(t *testing.T) {
	var got []string
	for _, tok := range Tokens("I don't.") {
		got = append(got, tok.Text)
	}
	if want := "I|do|n't|."; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}

func norms(text string) string {
	tok := &tokenizer{lex: newLexicon(func(string) symbol { return 0 })}
	var out []string
	for _, w := range tok.words(text, nil) {
		s := w.Norm
		switch w.brk {
		case clauseBreak:
			s = ", " + s
		case sentenceBreak:
			s = "/ " + s
		}
		out = append(out, s)
	}
	return strings.TrimPrefix(strings.Join(out, " "), "/ ")
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"I don't know.":                 "i do not know",
		"we won't, we can't!":           "we will not , we can not",
		"they wont ask youre the":       "they will not ask you are the",
		"um the the uh bank, er, right": "the bank , right",
		"one-time code/PIN":             "one time code pin",
		"It's $500 (really). Ok":        "it is dollars 500 really / okay",
		"go to secure.example now":      "go to secure dot example now",
		"the U.S. office":               "the us office",
		"Harlow’s “team viewer”":        "harlow is team viewer",
		"打开ＡＰＰ，呃点共享屏幕。好":                "打 开 app , 点 共 享 屏 幕 / 好",
		"請您您把驗證碼念給我":                    "请 您 把 验 证 码 念 给 我",
		"no no no":                      "no",
		"seven seven, 5 5":              "seven , 5 5",
		"a,b":                           "a , b",
	} {
		if got := norms(text); got != want {
			t.Errorf("words of %q: %q, want %q", text, got, want)
		}
	}
}

func TestWordSpans(t *testing.T) {
	for _, text := range sampleTexts {
		tok := &tokenizer{lex: newLexicon(func(string) symbol { return 0 })}
		at := 0
		for _, w := range tok.words(text, nil) {
			if w.Start < at-len(text) || w.End <= w.Start || w.End > len(text) || w.Norm == "" {
				t.Fatalf("word %+v of %q", w, text)
			}
			if w.Start < at && w.End != at {
				t.Fatalf("word %+v overlaps the one before it in %q", w, text)
			}
			at = w.End
		}
	}
}

// A run of marks takes prose quadratic time; chunks are bounded for that.
func TestLongRunsAreFast(t *testing.T) {
	if n := len(Tokens(strings.Repeat("!", 1<<20))); n != 1<<20 {
		t.Errorf("%d tokens", n)
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range sampleTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkTiling(t, text)
		norms(text)
	})
}
