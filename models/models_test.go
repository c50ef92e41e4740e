package models_test

import (
	"testing"

	"callscam/classify"
	"callscam/features"
	"callscam/models"
)

// The built-in model is whole, goes with the built-in tactics, and says of
// itself what it was learned from.
func TestDefault(t *testing.T) {
	m, err := classify.DecodeModel(models.Default)
	if err != nil {
		t.Fatal(err)
	}
	cat, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := classify.New(m, "default", cat); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "zh"} {
		if c := m.Calls[lang]; c.Scam < 200 || c.Legit < 200 {
			t.Errorf("%s: learned from %d scam and %d legitimate calls", lang, c.Scam, c.Legit)
		}
	}
}
