package features

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind says what evidence of a tactic speaks for.
type Kind uint8

// A scam tactic never lowers the margin and a protective one never raises it.
// A cue is no tactic: it tells how the words around it are meant.
const (
	ScamTactic Kind = iota
	Protective
	Cue
)

// Stage is the part of the scam script that a tactic belongs to.
type Stage uint8

// The stages in the order of the script.
const (
	NoStage Stage = iota
	Contact
	Hook
	Pressure
	Compliance
	Extraction
	CoverUp
)

var stageNames = [...]string{"none", "contact", "hook", "pressure", "compliance", "extraction", "cover-up"}

// String returns the stage's name.
func (s Stage) String() string { return stageNames[s] }

// Damning says whether a tactic, once asserted, takes all credit from the
// caller's protective words.
type Damning uint8

// Some tactics no honest caller uses. Others an IT desk uses too: these count
// as damning when pressure, extraction or cover-up is asserted as well.
const (
	NotDamning Damning = iota
	AlwaysDamning
	DamningUnderPressure
)

// Effect is what a cue does to the tactics near it.
type Effect uint8

// Negates, Reports and Supposes set the polarity of what follows within reach
// in the same sentence, Negates only up to the next comma. Clears makes cues
// that overlap it void ("don't worry"); Halts ends the reach of a negation
// ("but", "just"). Remote and Owner tell which side of the call speaks.
const (
	Negates Effect = iota + 1
	Reports
	Supposes
	Clears
	Halts
	RemoteSide
	OwnerSide
)

var effectNames = [...]string{"", "negates", "reports", "supposes", "clears", "halts", "remote", "owner"}

// Tactic is one rule file: what is meant, the patterns that show it, and the
// lines that must and must not match.
type Tactic struct {
	ID       string // T01, P01, C01…
	Name     string // authority_claim
	Kind     Kind
	Stage    Stage
	Strength float64 // 0 to 5: how much it is expected to tell, before any training
	Damning  Damning // whether it voids protective evidence
	Effect   Effect  // cues only
	Reach    int     // cues only: words
	Meaning  string
	Why      string
	Rules    []Rule
	Examples []TacticExample

	ways [][]chain // through the patterns, until they are compiled
}

// Rule is one pattern of a tactic, with the place it was written.
type Rule struct {
	Lang    string
	Pattern string
	Line    int
}

// TacticExample is a line that must, or must not, give asserted evidence of
// its tactic when the remote party says it.
type TacticExample struct {
	Lang  string
	Text  string
	Match bool
	Line  int
}

// parseTactic reads a rule file, but does not look into its patterns. Errors
// begin with "file:line:".
func parseTactic(file, text string) (*Tactic, error) {
	t := &Tactic{}
	return t, t.read(file, text, func(string) error { return nil })
}

// parseRules reads a rule file, checks its patterns and cuts them into chains.
func parseRules(file, text string, classes map[string]*node) (*Tactic, error) {
	t := &Tactic{}
	var patterns []*node
	err := t.read(file, text, func(pattern string) error {
		n, err := parsePattern(pattern)
		if err != nil {
			return fmt.Errorf("pattern: %w", err)
		}
		if n.gapAtEdge(true) || n.gapAtEdge(false) {
			return fmt.Errorf("pattern %q starts or ends with a gap", pattern)
		}
		patterns = append(patterns, n)
		return nil
	})
	if err != nil {
		return nil, err
	}
	t.ways = make([][]chain, len(patterns))
	for i, n := range patterns {
		err := checkPattern(n, classes)
		if err == nil {
			t.ways[i], err = n.chains(classes)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: pattern: %w", file, t.Rules[i].Line, err)
		}
	}
	return t, nil
}

// read reads a rule file, and gives every pattern to look.
func (t *Tactic) read(file, text string, look func(pattern string) error) error {
	section, lang := "", ""
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		line = strings.TrimRight(line, " \r")
		if text := strings.TrimSpace(line); text == "" || text[0] == '#' && (len(text) == 1 || text[1] == ' ') {
			continue
		}
		var err error
		if line[0] != ' ' {
			section, lang, err = t.field(line)
		} else {
			err = t.line(section, lang, strings.TrimSpace(line), number, look)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	if err := t.complete(); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// field reads an unindented line: "key: value", or a section such as "en:",
// "match zh:".
func (t *Tactic) field(line string) (section, lang string, err error) {
	key, value, ok := strings.Cut(line, ":")
	if value = strings.TrimSpace(value); !ok {
		return "", "", fmt.Errorf("%q: want \"key: value\", or lines indented under a section", line)
	}
	switch key {
	case "en", "zh":
		return "rules", key, nil
	case "match en", "match zh", "nomatch en", "nomatch zh":
		return key[:len(key)-3], key[len(key)-2:], nil
	case "id":
		t.ID = value
	case "name":
		t.Name = value
	case "meaning":
		t.Meaning = value
	case "why":
		t.Why = value
	case "kind":
		t.Kind, err = choice[Kind]("kind", value, "scam", "protective", "cue")
	case "stage":
		t.Stage, err = choice[Stage]("stage", value, stageNames[:]...)
	case "effect":
		t.Effect, err = choice[Effect]("effect", value, effectNames[:]...)
	case "strength":
		if t.Strength, err = strconv.ParseFloat(value, 64); err != nil || !(t.Strength >= 0 && t.Strength <= 5) {
			err = fmt.Errorf("strength %q: want 0 to 5", value)
		}
	case "damning":
		t.Damning, err = choice[Damning]("damning", value, "", "yes", "under pressure")
	case "reach":
		if t.Reach, err = strconv.Atoi(value); err != nil || t.Reach < 0 || t.Reach > 100 {
			err = fmt.Errorf("reach %q: want 0 to 100 words", value)
		}
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return "", "", err
}

func choice[T ~uint8](what, value string, names ...string) (T, error) {
	for i, n := range names {
		if n == value && n != "" {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("%s %q: want %s", what, value, strings.TrimPrefix(strings.Join(names, ", "), ", "))
}

func (t *Tactic) line(section, lang, text string, line int, look func(pattern string) error) error {
	switch section {
	case "rules":
		t.Rules = append(t.Rules, Rule{lang, text, line})
		return look(text)
	case "match", "nomatch":
		t.Examples = append(t.Examples, TacticExample{lang, text, section == "match", line})
	default:
		return fmt.Errorf("an indented line outside of a section")
	}
	return nil
}

func (t *Tactic) complete() error {
	switch {
	case t.ID == "" || t.Name == "" || t.Meaning == "":
		return fmt.Errorf("want id, name and meaning")
	case t.Kind == Cue && t.Effect == 0:
		return fmt.Errorf("a cue needs an effect")
	case t.Kind != Cue && t.Why == "":
		return fmt.Errorf("want why: why it matters")
	case len(t.Rules) == 0:
		return fmt.Errorf("no patterns")
	case len(t.Examples) == 0:
		return fmt.Errorf("no match and nomatch lines")
	}
	return nil
}

// String returns "scam", "protective" or "cue".
func (k Kind) String() string { return [...]string{"scam", "protective", "cue"}[k] }
