package train

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/features"
	"callscam/features/arith"
)

// baseline is a simpler way of predicting, fitted to the calls in and asked
// about the calls out. Scores are from 0 to 1.
type baseline struct {
	name string
	fit  func(s *trainingSet, in, out []int, seed uint64) ([]float64, error)
}

var baselines = []baseline{
	{"majority", majority},
	{"naive Bayes", naiveBayes},
	{"decision tree", decisionTree},
	{"bag of words", bagOfWords},
}

// Counted are the baselines that need no fitting: the more frequent label of
// the calls themselves, and how many different scam tactics the other party
// uses.
func Counted(ps []evaluate.Prediction) []evaluate.Rival {
	scam, legit := evaluate.Count(ps)
	same := make([]float64, len(ps))
	for i := range same {
		if scam > legit {
			same[i] = 1
		}
	}
	return []evaluate.Rival{{Name: "majority", Scores: same}, byTactics(ps)}
}

func byTactics(ps []evaluate.Prediction) evaluate.Rival {
	r := evaluate.Rival{Name: "number of tactics"}
	for i := range ps {
		n := float64(ps[i].Tactics)
		r.Scores = append(r.Scores, n/(n+1))
	}
	return r
}

func majority(s *trainingSet, in, out []int, _ uint64) ([]float64, error) {
	scams := 0
	for _, i := range in {
		if s.labels[i] {
			scams++
		}
	}
	scores := make([]float64, len(out))
	if 2*scams > len(in) {
		for k := range scores {
			scores[k] = 1
		}
	}
	return scores, nil
}

// golearn's classifiers give a class and no probability: the score is the
// share of votes of members fitted to seeded draws of the calls, no more than
// votingCalls each, which also bounds the time that its tree takes.
const (
	members     = 11
	votingCalls = 2000
)

func vote(in, out []int, seed uint64, labels []bool, fit func(drawn []int) ([]bool, error)) ([]float64, error) {
	rng := rand.New(rand.NewPCG(seed, 0x766f7465))
	scores := make([]float64, len(out))
	for range members {
		drawn := make([]int, min(len(in), votingCalls))
		for k := range drawn {
			drawn[k] = in[rng.IntN(len(in))]
		}
		if !slices.ContainsFunc(drawn, func(i int) bool { return labels[i] }) {
			continue
		}
		votes, err := fit(drawn)
		if err != nil {
			return nil, err
		}
		for k, scam := range votes {
			if scam {
				scores[k] += 1.0 / members
			}
		}
	}
	for k := range scores {
		scores[k] = math.Min(scores[k], 1)
	}
	return scores, nil
}

// bagOfWords is a plain logistic regression on the words and word pairs that
// occur in at least minGroups groups, each row of length 1, with the penalty
// that scikit-learn uses at C=1.
func bagOfWords(s *trainingSet, in, out []int, _ uint64) ([]float64, error) {
	const most = 20000
	v := features.NewVectorizer(s.cat, s.terms(in, most))
	columns := v.Columns(s.vocab)
	dense := int32(v.Dense())
	row := func(i int) features.Vector {
		r := v.Combine(features.Sighting{Terms: s.seen[i][0].sighting.Terms}, columns)
		for k := range r.Index {
			r.Index[k] -= dense
			r.Value[k] = 1 / math.Sqrt(float64(len(r.Index)))
		}
		return r
	}
	share := 1 / float64(len(in))
	p := newProblem(v.Features()[dense:], classify.Penalty{Term: share})
	for _, i := range in {
		p.add(row(i), s.labels[i], share)
	}
	w, bias, err := p.solve()
	if err != nil {
		return nil, err
	}
	scores := make([]float64, len(out))
	for k, i := range out {
		r := row(i)
		m := bias
		for j, col := range r.Index {
			m += float64(w[col] * r.Value[j])
		}
		scores[k] = 1 / (1 + arith.Exp(-m))
	}
	return scores, nil
}

// rivals asks every baseline about the calls of each fold.
func (s *trainingSet) rivals(fold []int, seed uint64, progress Progress) ([]evaluate.Rival, error) {
	var out []evaluate.Rival
	folds := slices.Max(fold) + 1
	for b, base := range baselines {
		r := evaluate.Rival{Name: base.name, Scores: make([]float64, len(fold))}
		for f := range folds {
			in, held := split(fold, f)
			scores, err := base.fit(s, in, held, seed)
			if err != nil {
				return nil, fmt.Errorf("baseline %s: %w", base.name, err)
			}
			for k, i := range held {
				r.Scores[i] = scores[k]
			}
			progress("baselines", b*folds+f+1, len(baselines)*folds)
		}
		out = append(out, r)
	}
	return out, nil
}

// split returns the calls outside and inside fold f.
func split(fold []int, f int) (in, held []int) {
	for i := range fold {
		if fold[i] == f {
			held = append(held, i)
		} else {
			in = append(in, i)
		}
	}
	return in, held
}
