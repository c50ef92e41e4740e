package classify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"callscam/features"
)

// signed returns the bytes of a model file after a change, with a checksum that
// is right.
func signed(t testing.TB, change func(*Model)) []byte {
	t.Helper()
	m := testModel(t)
	change(m)
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRefusedModels(t *testing.T) {
	good := signed(t, func(*Model) {})
	for name, tt := range map[string]struct{ data, want string }{
		"empty":       {"", "damaged or not a model file"},
		"half":        {string(good[:len(good)/2]), "it ends too early"},
		"less a byte": {strings.TrimRight(string(good), "}\n"), "it ends too early"},
		"other":       {`{"format":"callscam.model/9","new":{}}`, `model format "callscam.model/9": this program reads`},
		"no format":   {`{"turns":[]}`, "it names no format"},
		"weight":      {strings.Replace(string(good), `"weight": 2`, `"weight": 3`, 1), "checksum does not match"},
		"no checksum": {strings.Replace(string(good), `"checksum": "`, `"checksum": "x`, 1), "checksum does not match"},
		"more":        {strings.Replace(string(good), `{`, `{"more": 1,`, 1), `unknown field "more"`},
		"two":         {string(good) + string(good), "damaged or not a model file"},
		"no JSON":     {"PK\x03\x04", "damaged or not a model file"},
		"infinite":    {strings.Replace(string(good), `"weight": 2`, `"weight": 1e999`, 1), "damaged or not a model file"},
		"twice":       {string(signed(t, func(m *Model) { m.Weights = append(m.Weights, m.Weights[0]) })), `weighs "screen_share" twice`},
		"long name":   {string(signed(t, func(m *Model) { m.Weights[0].Name = strings.Repeat("x", 300) })), "name has 300 bytes: want 1 to 256"},
		"no name":     {string(signed(t, func(m *Model) { m.Weights[0].Name = "" })), "name has 0 bytes"},
		"heavy":       {string(signed(t, func(m *Model) { m.Weights[0].Weight = 1e300 })), `weighs "screen_share" with 1e+300`},
		"threshold":   {string(signed(t, func(m *Model) { m.Thresholds.Scam.Probability = 7 })), "threshold 7: want a probability"},
		"calibration": {string(signed(t, func(m *Model) { m.Calibration.Slope = 1e9 })), "bias or calibration"},
		"negative":    {string(signed(t, func(m *Model) { m.Calls = map[string]Tally{"en": {Scam: -1}} })), "counts of calls"},
	} {
		if _, err := DecodeModel([]byte(tt.data)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
	if _, err := DecodeModel(make([]byte, MaxModelBytes+1)); err == nil || err.Error() != "model of more than 64 MiB" {
		t.Errorf("huge: got %v", err)
	}
}

// A file that would unfold into many times its size is refused before it does.
func TestModelCountsAreLimited(t *testing.T) {
	for _, item := range []string{"{}", "null", `{"NAME":"","Weight":1}`, `{"\u0077eight":1}`} {
		n := (32 << 20) / (len(item) + 1)
		data := []byte(`{"format":"` + Format + `","features":[` + strings.Repeat(item+",", n) + item + `]}`)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := DecodeModel(data)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("more than %d features", maxModelFeatures)) {
			t.Errorf("%d times %s: got %v", n, item, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
			t.Errorf("%d times %s: %d bytes were allocated", n, item, took)
		}
	}
}

// FuzzDecodeModel: whatever a file holds, it is refused, or it scores with a
// probability and comes back from its own bytes. Files get their checksum put
// right, so that what is behind it is tried as well.
func FuzzDecodeModel(f *testing.F) {
	cat, err := features.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(signed(f, func(*Model) {}))
	f.Add(signed(f, func(m *Model) { m.Weights, m.Calls = nil, map[string]Tally{"s en": {1, 2}} }))
	f.Add([]byte(`{"format":"callscam.model/1","features":[null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := DecodeModel(data)
		if err != nil {
			var loose Model
			if json.Unmarshal(data, &loose) != nil {
				return
			}
			if data, err = loose.Encode(); err != nil {
				return
			}
			if m, err = DecodeModel(data); err != nil {
				return
			}
		}
		again, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := DecodeModel(again); err != nil {
			t.Fatalf("a model that was read is refused when written: %v", err)
		}
		cl, err := New(m, "fuzz", cat)
		if err != nil {
			return
		}
		c := call("x", "please share your screen with the bank", "okay")
		if p := cl.NewScorer().Score(&c).Probability; math.IsNaN(p) || p < 0 || p > 1 {
			t.Fatalf("probability %v", p)
		}
		if bytes.Contains(again, []byte("NaN")) {
			t.Fatal("NaN in a model file")
		}
	})
}
