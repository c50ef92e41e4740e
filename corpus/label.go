package corpus

import (
	"errors"
	"path/filepath"
	"strings"
)

// Label is what a call is known to be. Nothing that scores reads it.
type Label uint8

// The labels. Unlabelled calls can be scored but neither trained on nor
// evaluated.
const (
	Unlabelled Label = iota
	Legit
	Scam
)

// String returns "scam", "legit" or the empty string.
func (l Label) String() string {
	switch l {
	case Scam:
		return "scam"
	case Legit:
		return "legit"
	}
	return ""
}

var labelsByName = map[string]Label{
	"scam": Scam, "fraud": Scam, "vishing": Scam, "spam": Scam,
	"legit": Legit, "ham": Legit, "benign": Legit, "normal": Legit, "safe": Legit,
}

// ParseLabel reads a label's name: scam, fraud, vishing or spam for Scam;
// legit, ham, benign, normal or safe for Legit; empty for Unlabelled. The error does not repeat s:
// what stands where a label should may be what somebody said.
func ParseLabel(s string) (Label, error) {
	name := strings.ToLower(strings.TrimSpace(s))
	if name == "" {
		return Unlabelled, nil
	}
	if l, ok := labelsByName[name]; ok {
		return l, nil
	}
	return Unlabelled, errors.New("unknown label: want scam (or fraud, vishing, spam) or legit (or ham, benign, normal, safe)")
}

// LabelOfPath returns the label that the nearest enclosing folder's name
// gives, or Unlabelled.
func LabelOfPath(path string) Label {
	for dir := filepath.Dir(path); ; {
		if l, ok := labelsByName[strings.ToLower(filepath.Base(dir))]; ok {
			return l
		}
		up := filepath.Dir(dir)
		if up == dir {
			return Unlabelled
		}
		dir = up
	}
}
