package corpus

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"
)

func TestRoleOf(t *testing.T) {
	for name, want := range map[string]Role{
		"caller": Caller, "Suspect": Caller, " Scammer 1": Caller, "客服": Agent, "客户": Customer, "Innocent": Callee,
		"Agent_2": Agent, "IVR": IVR, "A": Unknown, "SPEAKER_00": Unknown, "Jane": Unknown, "": Unknown,
	} {
		if got := RoleOf(name); got != want {
			t.Errorf("RoleOf(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestLabels(t *testing.T) {
	for path, want := range map[string]Label{
		"corpus/en/scam/a.txt":                         Scam,
		"data/vishing/deep/er/a.txt":                   Scam,
		"x/scam/ham/a.txt":                             Legit,
		"x/Normal/a.txt":                               Legit,
		"x/scammers/a.txt":                             Unlabelled,
		filepath.Join("scam.txt"):                      Unlabelled,
		filepath.Join(string(filepath.Separator), "a"): Unlabelled,
	} {
		if got := LabelOfPath(path); got != want {
			t.Errorf("LabelOfPath(%q) = %v, want %v", path, got, want)
		}
	}
	if _, err := ParseLabel("maybe"); err == nil || strings.Contains(err.Error(), "maybe") {
		t.Errorf("ParseLabel(maybe): %v", err)
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{"hello there": "en", "您好": "zh", "您好 hello": "zh", "": "en",
		"please download the app called 安心 now and read me the code": "en"} {
		call := Transcript{Turns: []Turn{{Text: text}}}
		if got := call.Language(); got != want {
			t.Errorf("Language(%q) = %q, want %q", text, got, want)
		}
	}
}

// numbered returns n calls of n/perGroup groups, half of the groups scam.
func numbered(n, perGroup int) []Example {
	var out []Example
	for i := range n {
		e := Example{Group: fmt.Sprintf("g%d", i/perGroup), Label: Legit, Source: "s"}
		if i/perGroup%2 == 0 {
			e.Label = Scam
		}
		e.ID = fmt.Sprint(i)
		e.Turns = []Turn{{Speaker: "A", Text: fmt.Sprintf("call %d", i)}}
		out = append(out, e)
	}
	return out
}

func TestFoldsKeepGroupsTogether(t *testing.T) {
	calls := numbered(120, 3)
	folds, err := Folds(calls, 5, 1, (*Example).GroupKey)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	count := map[string]int{}
	for i, f := range folds {
		if g, ok := of[calls[i].Group]; ok && g != f {
			t.Errorf("group %s stands in folds %d and %d", calls[i].Group, g, f)
		}
		of[calls[i].Group] = f
		count[fmt.Sprint(f, calls[i].Label)]++
	}
	for key, n := range count {
		if n != 12 {
			t.Errorf("fold and label %s: %d calls, want 12", key, n)
		}
	}
	again, _ := Folds(calls, 5, 1, (*Example).GroupKey)
	if fmt.Sprint(folds) != fmt.Sprint(again) {
		t.Error("the same calls gave other folds")
	}
}

func TestFoldsRefuseTooFewGroups(t *testing.T) {
	if _, err := Folds(numbered(12, 3), 5, 1, (*Example).GroupKey); err == nil || !strings.Contains(err.Error(), "5 groups") {
		t.Errorf("got %v", err)
	}
}

func TestSortDoesNotDependOnOrder(t *testing.T) {
	calls := numbered(60, 2)
	calls[7].ID, calls[8].ID = "same", "same"
	calls[7].Group, calls[8].Group = "", ""
	want := ""
	for round := range 5 {
		rand.New(rand.NewSource(int64(round))).Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
		Sort(calls)
		if got := Digest(calls); want == "" {
			want = got
		} else if got != want {
			t.Fatal("digest depends on the order of the calls")
		}
	}
}

func TestCheckLabelled(t *testing.T) {
	calls := numbered(6, 1)
	if err := CheckLabelled(calls); err != nil {
		t.Error(err)
	}
	calls[2].Label, calls[2].Path = Unlabelled, "calls/x.txt"
	if err := CheckLabelled(calls); err == nil || !strings.Contains(err.Error(), "calls/x.txt (2)") || !strings.Contains(err.Error(), "folders named scam and legit") {
		t.Errorf("got %v", err)
	}
}
