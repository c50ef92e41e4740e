package formats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

var quickSeeds = []string{
	`{"id":"a","lang":"en","label":"scam","source":"s","group":"g","pretext":"p","harm_turn":2,"turns":[{"speaker":"caller","role":"agent","text":"a \"b\" \u00e9\ud83d\ude00\n","start_ms":0,"end_ms":12}]}`,
	`{"id":7,"label":null,"extra":{"turns":[1,2]},"turns":[{"speaker":null,"text":"","start_ms":null},{"text":"x","start_ms":-5}]}`,
	`{"ID":"a","turns":[{"Text":"a"}]}`,
	`{"id":"a","id":"b","turns":[{"text":"a"}],"turns":[{"speaker":"c"}]}`,
	`{"label":"odd","turns":[{"text":"a"}]}`,
	`{"turns":[{"text":7}]}`,
	`{"turns":[{"text":"a","start_ms":1.5}]}`,
	`{"turns":[{"text":"\ud800 \udc00x"}]}`,
	`{"turns":[null,{"text":"a"}]}`,
	`{"t\u0075rns":[{"text":"a"}]}`,
	`{"id":1e999,"turns":[{"text":"a"}]}`,
	`{"turns":[{"text":"a"}]} x`,
	"{\"turns\":[{\"text\":\"a\tb\"}]}",
	"{\"turns\":[{\"text\":\"a\xffb\"}]}",
	` { "id" : true , "turns" : [ { "text" : "a" } ] } `,
}

// FuzzQuickCall holds the quick reader to what encoding/json makes of a line.
func FuzzQuickCall(f *testing.F) {
	for _, s := range quickSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		quick, ok := quickCall(data)
		if !ok {
			return
		}
		slow, err := decodeCall(data)
		if err != nil {
			t.Fatalf("read %q, which encoding/json refuses: %v", data, err)
		}
		if diff := cmp.Diff(slow, quick); diff != "" {
			t.Errorf("%q: %s", data, diff)
		}
	})
}

func TestQuickCallTakesThePlainShape(t *testing.T) {
	for i, s := range quickSeeds {
		_, ok := quickCall([]byte(s))
		if want := i < 2 || i == 7 || i == len(quickSeeds)-1; ok != want {
			t.Errorf("%s: taken %v, want %v", s, ok, want)
		}
	}
}

// FuzzCheckJSON holds the strict checker to encoding/json.
func FuzzCheckJSON(f *testing.F) {
	for _, s := range append(quickSeeds, "", "[]", "[1,]", "-0.5e+1", "01", "-", "1.", "truex", `"\x"`, `{"a" 1}`, strings.Repeat("[", 300)) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if checkBounds(data) != nil {
			return
		}
		err := checkJSON(data, false)
		if (err == nil) != json.Valid(data) {
			t.Fatalf("%q: %v, encoding/json says %v", data, err, json.Valid(data))
		}
		if err != nil {
			return
		}
		if err := checkJSON(data, true); err != nil {
			t.Errorf("%q passes when strict, and lenient not: %v", data, err)
		}
		sameTree(t, firstValue(data), data)
	})
}

// sameTree compares what the values give with what encoding/json decodes.
func sameTree(t *testing.T, v value, data []byte) {
	t.Helper()
	var want any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&want); err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	switch w := want.(type) {
	case string:
		if got := strings.ToValidUTF8(v.text(), "\uFFFD"); got != strings.ToValidUTF8(w, "\uFFFD") && bytes.Equal(bytes.ToValidUTF8(data, nil), data) {
			t.Errorf("%q: text %q, want %q", data, got, w)
		}
	case json.Number:
		if v.text() != w.String() {
			t.Errorf("%q: number %q, want %q", data, v.text(), w)
		}
	case []any:
		n := 0
		for item := range v.items() {
			sameTree(t, item, item)
			n++
		}
		if n != len(w) {
			t.Errorf("%q: %d items, want %d", data, n, len(w))
		}
	case map[string]any:
		keys := map[string]bool{}
		for key, field := range v.fields() {
			keys[strings.ToValidUTF8(unquote(append([]byte(`"`), key...)), "\uFFFD")] = true
			sameTree(t, field, field)
		}
		if len(keys) != len(w) && bytes.Equal(bytes.ToValidUTF8(data, nil), data) {
			t.Errorf("%q: %d keys, want %d", data, len(keys), len(w))
		}
	}
}

func jsonlOf(calls, turns int, text string) string {
	var b strings.Builder
	for i := range calls {
		fmt.Fprintf(&b, `{"id": "call-%d", "source": "s", "lang": "en", "label": "legit", "turns": [`, i)
		for j := range turns {
			if j > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, `{"speaker": "%s", "text": "%s"}`, []string{"caller", "callee"}[j%2], text)
		}
		b.WriteString("]}\n")
	}
	return b.String()
}

func BenchmarkJSONL(b *testing.B) {
	for _, c := range [][2]string{
		{"english", "Hi, this is Karen from the clinic. I'm calling to confirm your appointment on Thursday at two."},
		{"chinese", "您好，这里是某某银行的客服中心，我是小李。我们检测到您的银行卡可能涉及一起非法交易，需要您配合核实一些信息。"},
		{"escaped", `\u60a8\u597d\uff0c\u8fd9\u91cc\u662f\u5ba2\u670d\u4e2d\u5fc3 so he said \"no\" and left`},
	} {
		data := jsonlOf(500, 20, c[1])
		b.Run(c[0], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				drain(b, Read("x.jsonl", strings.NewReader(data), "auto"))
			}
		})
	}
}

func drain(tb testing.TB, calls func(func(corpus.Example, error) bool)) {
	for _, err := range calls {
		if err != nil && err != io.EOF {
			tb.Fatal(err)
		}
	}
}
