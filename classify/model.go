// Package classify says what a call amounts to: a probability, a verdict and
// the words that made it. It refuses to know labels, files and forms of output.
package classify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"callscam/features"
	"callscam/features/arith"
)

// Format is the version of the model file.
const Format = "callscam.model/1"

// Model is what was learned, as it stands in a model file.
type Model struct {
	Format      string           `json:"format"`
	Catalog     string           `json:"catalog"` // digest of the tactics it was learned with
	Corpus      string           `json:"corpus"`  // digest of the calls it was learned from
	Calls       map[string]Tally `json:"calls"`   // by "source language"
	Config      Config           `json:"config"`
	Crossval    Crossval         `json:"cross_validation"`
	Calibration Calibration      `json:"calibration"`
	Thresholds  Thresholds       `json:"thresholds"`
	Bias        float64          `json:"bias"`
	Weights     []Weight         `json:"features"`
	Languages   map[string]Voice `json:"languages,omitempty"` // what a language adds
	Checksum    string           `json:"checksum"`            // of all the rest
}

// Voice is what one language adds to the bias and the weights that all
// languages share: tactics are not equally well seen in all of them.
type Voice struct {
	Bias    float64  `json:"bias"`
	Weights []Weight `json:"features"`
}

// Tally counts calls by label.
type Tally struct {
	Scam  int `json:"scam"`
	Legit int `json:"legit"`
}

// Config is what training was told.
type Config struct {
	MaxFPR  float64 `json:"max_fpr"`
	Folds   int     `json:"folds"`
	Seed    uint64  `json:"seed"`
	Penalty Penalty `json:"penalty"`
	Terms   int     `json:"terms"` // at most; 0: tactics alone
}

// Penalty holds the strength of the squared-error penalty by feature class.
type Penalty struct {
	Tactic     float64 `json:"tactic"`
	Protective float64 `json:"protective"`
	Script     float64 `json:"script"`
	Shape      float64 `json:"shape"`
	Length     float64 `json:"length"`
	Term       float64 `json:"term"`
	Language   float64 `json:"language"` // factor for what a language adds; 0: nothing is added
}

// Crossval is how the model's recipe did on calls held out by group.
type Crossval struct {
	Scam       int        `json:"scam"`
	Legit      int        `json:"legit"`
	AUC        float64    `json:"roc_auc"`
	Recall     float64    `json:"recall_at_max_fpr"`
	Interval   [2]float64 `json:"interval_95"`
	FalseAlarm float64    `json:"false_alarm_rate"`
	Note       string     `json:"note,omitempty"`
}

// Calibration turns a margin m into the probability 1/(1+exp(-(slope·m +
// intercept))), after Platt (1999).
type Calibration struct {
	Slope     float64 `json:"slope"`
	Intercept float64 `json:"intercept"`
}

// Probability returns the calibrated probability of a margin.
func (c Calibration) Probability(margin float64) float64 {
	return 1 / (1 + arith.Exp(-(float64(c.Slope*margin) + c.Intercept)))
}

// Thresholds are the probabilities from which a call is flagged.
type Thresholds struct {
	Scam   Threshold `json:"scam"`
	Unsure Threshold `json:"unsure"`
}

// Threshold is a probability with the share of held-out legitimate calls that
// it was chosen to flag at most.
type Threshold struct {
	Probability    float64 `json:"probability"`
	FalseAlarmRate float64 `json:"false_alarm_rate"`
}

// Weight is one feature's weight.
type Weight struct {
	Name   string  `json:"name"`
	Weight float64 `json:"weight"`
}

// Encode returns the model file's bytes: indented JSON, one feature a line,
// with its checksum.
func (m *Model) Encode() ([]byte, error) {
	m.Format = Format
	m.Checksum = ""
	plain, err := m.layout()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(plain)
	m.Checksum = hex.EncodeToString(sum[:])
	return m.layout()
}

func (m *Model) layout() ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	return featureLines(buf.Bytes()), nil
}

// featureLines joins the four lines of every feature: at the start of a program
// a regular expression would take longer for them than all other decoding.
func featureLines(indented []byte) []byte {
	out := make([]byte, 0, len(indented))
	for len(indented) > 0 {
		open, rest, _ := bytes.Cut(indented, []byte("\n"))
		name, more, _ := bytes.Cut(rest, []byte("\n"))
		weight, end, _ := bytes.Cut(more, []byte("\n"))
		name, weight, end = bytes.TrimLeft(name, " "), bytes.TrimLeft(weight, " "), bytes.TrimLeft(end, " ")
		out = append(out, open...)
		if !bytes.HasSuffix(open, []byte("{")) || !bytes.HasPrefix(name, []byte(`"name": `)) || !bytes.HasPrefix(weight, []byte(`"weight": `)) {
			out = append(out, '\n')
			indented = rest
			continue
		}
		out = append(append(append(out, name...), ' '), weight...)
		indented = end
	}
	return out
}

// DecodeModel reads a model file and refuses one that is damaged, of another
// version, or beyond the limits.
func DecodeModel(data []byte) (*Model, error) {
	if err := checkSize(data); err != nil {
		return nil, err
	}
	var head struct {
		Format *string `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, damaged(data, err)
	}
	if head.Format == nil {
		return nil, errors.New("damaged or not a model file: it names no format")
	}
	if *head.Format != Format {
		return nil, fmt.Errorf("model format %q: this program reads %q", *head.Format, Format)
	}
	var m Model
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return nil, damaged(data, err)
	}
	sum := m.Checksum
	m.Checksum = ""
	plain, err := m.layout()
	if err != nil {
		return nil, err
	}
	if want := sha256.Sum256(plain); sum != hex.EncodeToString(want[:]) {
		return nil, errors.New("damaged model file: its checksum does not match its content")
	}
	m.Checksum = sum
	return &m, m.checkLimits()
}

// Digest returns a short name for the model: the start of its checksum.
func (m *Model) Digest() string { return m.Checksum[:min(12, len(m.Checksum))] }

// Classifier scores calls with one model. It is immutable and safe for
// concurrent use; the scorers it makes are not.
type Classifier struct {
	Model      *Model
	Name       string
	vectorizer *features.Vectorizer
	voices     map[string]*voice
	plain      *voice // of a language that the model did not learn
}

// voice is how calls of one language are weighed.
type voice struct {
	bias    float64
	weights []float64
	ranking *ranking
}

func (c *Classifier) voice(lang string) *voice {
	if v := c.voices[lang]; v != nil {
		return v
	}
	return c.plain
}

// New returns a classifier for the model, and refuses a model that was learned
// with another catalog than c.
func New(m *Model, name string, c *features.Catalog) (*Classifier, error) {
	if m.Catalog != c.Digest {
		return nil, fmt.Errorf("the model was learned with other tactics (catalog %.12s) than this program's (%.12s): train it again", m.Catalog, c.Digest)
	}
	var terms []string
	for _, w := range m.Weights {
		if t, ok := features.TermOf(w.Name); ok {
			terms = append(terms, t)
		}
	}
	slices.Sort(terms)
	v := features.NewVectorizer(c, slices.Compact(terms))
	cl := &Classifier{Model: m, Name: name, vectorizer: v, voices: map[string]*voice{}}
	t := m.Thresholds
	if !(t.Unsure.Probability <= t.Scam.Probability) || math.IsNaN(m.Bias+m.Calibration.Slope+m.Calibration.Intercept) || m.Calibration.Slope < 0 {
		return nil, errors.New("the model's thresholds or calibration are not usable")
	}
	var err error
	if cl.plain, err = newVoice(v, m.Bias, m.Weights); err != nil {
		return nil, err
	}
	for lang, more := range m.Languages {
		if cl.voices[lang], err = newVoice(v, m.Bias+more.Bias, m.Weights, more.Weights); err != nil {
			return nil, err
		}
	}
	return cl, nil
}

// newVoice adds up weights.
func newVoice(v *features.Vectorizer, bias float64, lists ...[]Weight) (*voice, error) {
	out := &voice{bias: bias, weights: make([]float64, len(v.Features()))}
	columns := make(map[string]int, len(v.Features()))
	for i, f := range v.Features() {
		columns[f.Name] = i
	}
	for _, list := range lists {
		for _, w := range list {
			i, ok := columns[w.Name]
			if !ok {
				return nil, fmt.Errorf("the model weighs %q, which is not a feature", w.Name)
			}
			out.weights[i] += w.Weight
		}
	}
	out.ranking = newRanking(v.Features(), out.weights)
	return out, v.CheckWeights(out.weights)
}

// Catalog returns the tactics the classifier looks for.
func (c *Classifier) Catalog() *features.Catalog { return c.vectorizer.Catalog() }
