package train

import (
	"cmp"
	"slices"
	"strconv"

	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

// maxSources is the number of sources, the largest, that are told apart.
const maxSources = 12

func seeDense(v *features.Vectorizer, d *features.Document) map[string]float64 {
	row := v.Vector(d)
	out := make(map[string]float64, len(row.Index))
	for k, col := range row.Index {
		out[strconv.Itoa(int(col))] = row.Value[k]
	}
	return out
}

// sourceFromFeatures tells from a call's features which data set it comes from,
// and scores it by the share of scams there. Where that tells the labels as
// well as the model does, the model may know data sets rather than scams. It
// returns nil for calls of one source.
func sourceFromFeatures(calls []corpus.Example, fold []int, seen []map[string]float64) (*evaluate.ProbeScores, error) {
	sources := largestSources(calls)
	if len(sources) < 2 {
		return nil, nil
	}
	sum, weight := make([]float64, len(calls)), make([]float64, len(calls))
	for _, name := range sources {
		scores, err := fitFolds(fold, seen, func(i int) bool { return calls[i].Source == name })
		if err != nil {
			return nil, err
		}
		share := scamShare(calls, fold, name)
		for i, p := range scores {
			sum[i] += float64(p * share[fold[i]])
			weight[i] += p
		}
	}
	for i := range sum {
		sum[i] /= weight[i]
	}
	return &evaluate.ProbeScores{Name: "source from features", Says: "the features tell which data set a call comes from, and that tells its label", Scores: sum}, nil
}

func largestSources(calls []corpus.Example) []string {
	count := map[string]int{}
	for i := range calls {
		count[calls[i].Source]++
	}
	names := sortedNames(count)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return names[:min(len(names), maxSources)]
}

// scamShare returns, for each fold, the share of scams among the source's calls
// of the other folds, with one call of either label added.
func scamShare(calls []corpus.Example, fold []int, source string) []float64 {
	share := make([]float64, slices.Max(fold)+1)
	for f := range share {
		scam, all := 1.0, 2.0
		in, _ := split(fold, f)
		for _, i := range in {
			if calls[i].Source != source {
				continue
			}
			all++
			if calls[i].Label == corpus.Scam {
				scam++
			}
		}
		share[f] = scam / all
	}
	return share
}
