package report

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"callscam/classify"
)

func FuzzJSON(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\/\b\f\n\r\t\x00\x1f\x7f", "<&>", "屏幕\u2028\u2029", "\xff\xc3", "é\xe5\xb1"} {
		f.Add(s, 0.1, -1e-7, 3)
	}
	for _, x := range []float64{0, math.Copysign(0, -1), 1e-6, 9.99e-7, 1e21, 1e20, 5e-324, 1.7976931348623157e308, 1e-100, math.Inf(1)} {
		f.Add("x", x, -x, -1)
	}
	f.Fuzz(func(t *testing.T, s string, x, y float64, n int) {
		_, r, _ := sample()
		r.ID, r.Path, r.Lang, r.Stage, r.Verdict = s, s, s, s, classify.Verdict(s)
		r.Margin, r.Bias, r.Probability, r.Turns, r.AlarmTurn = x, y, x*y, n, &n
		r.Evidence[0].Quote, r.Evidence[0].Points, r.Evidence[1].Role, r.Evidence[1].Start = s, x, s, n
		r.Contributions[0] = classify.Contribution{Feature: s, Points: y}
		r.Model.Name, r.Warnings = s, []string{s, s}
		if n < 0 {
			r.AlarmTurn, r.Evidence, r.Contributions, r.Warnings = nil, nil, []classify.Contribution{}, nil
		}
		var want, got bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		failed := enc.Encode(r)
		w := newJSONL(&got, "")
		if err := w.Write(nil, r); (err != nil) != (failed != nil) {
			t.Fatalf("error %v, encoding/json: %v", err, failed)
		} else if err != nil {
			return
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if plain := escapedJSON(want.Bytes()); !bytes.Equal(got.Bytes(), plain) {
			t.Errorf("got\n%s\nwant\n%s", got.Bytes(), plain)
		}
	})
}
