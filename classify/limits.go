package classify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// Limits on a model file. Those on bytes and counts hold before anything is
// built from it.
const (
	MaxModelBytes    = 64 << 20
	maxModelFeatures = 1 << 18
	maxModelSources  = 1 << 12
	maxModelName     = 256 // bytes
	maxModelNumber   = 1e6
)

// checkSize refuses a file that could ask for more memory than a model of the
// greatest size. Every feature and source is one object of at most four values,
// so braces and commas bound what decoding makes, whatever else is wrong.
func checkSize(data []byte) error {
	const most = maxModelFeatures + maxModelSources
	switch {
	case len(data) > MaxModelBytes:
		return fmt.Errorf("model of more than %d MiB", MaxModelBytes>>20)
	case bytes.Count(data, []byte("{")) > most+16, bytes.Count(data, []byte(",")) > 4*most+256:
		return fmt.Errorf("model of more than %d features and %d sources", maxModelFeatures, maxModelSources)
	}
	return nil
}

// damaged says what is wrong with a file that is no whole model.
func damaged(data []byte, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && syntax.Offset >= int64(len(data)) && bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return errors.New("damaged model file: it ends too early")
	}
	return fmt.Errorf("damaged or not a model file: %w", err)
}

// checkLimits refuses what no training writes.
func (m *Model) checkLimits() error {
	if err := checkWeights(m.Weights); err != nil {
		return err
	}
	for lang, v := range m.Languages {
		if lang == "" || len(lang) > maxModelName || !usable(v.Bias) {
			return fmt.Errorf("what the model adds for the language %.20q is not usable", lang)
		}
		if err := checkWeights(v.Weights); err != nil {
			return err
		}
	}
	for name, c := range m.Calls {
		if len(name) > maxModelName || c.Scam < 0 || c.Legit < 0 {
			return errors.New("the model's counts of calls are not usable")
		}
	}
	t := m.Thresholds
	for _, p := range []float64{t.Scam.Probability, t.Unsure.Probability} {
		if !(p >= 0 && p <= 1) {
			return fmt.Errorf("the model has the threshold %g: want a probability", p)
		}
	}
	if !usable(m.Bias) || !usable(m.Calibration.Slope) || !usable(m.Calibration.Intercept) {
		return errors.New("the model's bias or calibration is not usable")
	}
	return nil
}

func checkWeights(list []Weight) error {
	seen := make(map[string]bool, len(list))
	for _, w := range list {
		switch {
		case w.Name == "" || len(w.Name) > maxModelName:
			return fmt.Errorf("the model has a feature whose name has %d bytes: want 1 to %d", len(w.Name), maxModelName)
		case seen[w.Name]:
			return fmt.Errorf("the model weighs %q twice", w.Name)
		case !usable(w.Weight):
			return fmt.Errorf("the model weighs %q with %g", w.Name, w.Weight)
		}
		seen[w.Name] = true
	}
	return nil
}

func usable(x float64) bool { return math.Abs(x) <= maxModelNumber }
