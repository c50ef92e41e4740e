package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"callscam/classify/evaluate"

	"github.com/mattn/go-runewidth"
)

// textWidth is the number of terminal cells that a text report keeps to, but
// for names that are longer.
const textWidth = 96

// Evaluation writes the report for a terminal. Its first line is the headline.
func Evaluation(out io.Writer, r *evaluate.Report) error {
	w := &sections{out: out}
	w.wrapped("", Plain(r.Headline))
	w.opening(r)
	w.ranking(&r.All)
	w.threshold(r)
	w.calibration(&r.All)
	if r.Early != nil {
		w.early(r.Early)
	}
	w.baselines(r.Baselines)
	w.doubts(r)
	for _, s := range r.Slices {
		w.slices(s)
	}
	w.worst(r.Worst)
	return w.err
}

// sections remembers the first error of writing.
type sections struct {
	out io.Writer
	err error
}

func (w *sections) printf(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.out, format, args...)
	}
}

func (w *sections) title(s string) { w.printf("\n%s\n", s) }

// wrapped writes a sentence in lines; all but the first begin with as many
// spaces as lead is wide.
func (w *sections) wrapped(lead, s string) {
	width := runewidth.StringWidth(lead)
	line, at := lead, width
	for i, word := range strings.Fields(s) {
		n := runewidth.StringWidth(word)
		if i > 0 && at+1+n > textWidth {
			w.printf("%s\n", line)
			line, at = strings.Repeat(" ", width), width
		} else if i > 0 {
			line, at = line+" ", at+1
		}
		line, at = line+word, at+n
	}
	w.printf("%s\n", line)
}

// table writes rows of tab-separated cells, right-aligned.
func (w *sections) table(rows func(row func(cells ...string))) {
	if w.err != nil {
		return
	}
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows(func(cells ...string) {
		for i := range cells {
			cells[i] = Plain(cells[i])
		}
		fmt.Fprintf(t, "%s\t\n", strings.Join(cells, "\t"))
	})
	w.err = t.Flush()
}

func (w *sections) opening(r *evaluate.Report) {
	what := strings.ToUpper(r.Title[:1]) + r.Title[1:]
	if r.Model.Digest != "" {
		what += " of " + model(r.Model)
	}
	w.printf("\n")
	w.wrapped("", fmt.Sprintf("%s: %d scam and %d legitimate calls in %d groups.",
		what, r.All.Scam, r.All.Legit, r.How.Groups))
	w.wrapped("", fmt.Sprintf("In brackets: 95 %% intervals, from %d draws of whole groups (seed %d), or, marked *, exact ones.",
		r.How.Rounds, r.How.Seed))
	for _, s := range r.Warnings {
		w.wrapped("Warning: ", Plain(s))
	}
}

func (w *sections) ranking(s *evaluate.Summary) {
	w.title("Telling scams from other calls")
	w.figures([]named{
		{"recall at 0.1 % false alarms", s.Recall01}, {"recall at 1 % false alarms", s.Recall1}, {"recall at 5 % false alarms", s.Recall5},
		{"ROC-AUC", s.AUC}, {"PR-AUC (average precision)", s.AP}})
}

type named struct {
	name string
	e    evaluate.Estimate
}

func (w *sections) figures(rows []named) {
	for _, r := range rows {
		w.printf("  %-32s %s\n", r.name, estimate(r.e))
	}
}

func (w *sections) threshold(r *evaluate.Report) {
	at := "each fold's own threshold"
	if r.Model.Threshold.Defined() {
		at = fmt.Sprintf("the model's threshold, %.4f", float64(r.Model.Threshold))
	}
	w.title("At " + at)
	if w.err == nil {
		w.err = Confusion(w.out, r.All.Confusion)
	}
	w.figures([]named{{"precision", r.All.Precision}, {"recall", r.All.Recall}, {"F1", r.All.F1}, {"false alarms", r.All.Alarms}})
	for _, b := range r.BaseRates {
		w.printf("  %-32s %s\n", fmt.Sprintf("precision, 1 scam in %d calls", b.OneIn), estimate(b.Precision))
	}
	for _, b := range r.All.Bounds {
		w.wrapped("  ", b+" (95 %).")
	}
}

func (w *sections) calibration(s *evaluate.Summary) {
	w.title("Whether the probabilities mean what they say")
	w.figures([]named{{"Brier score", s.Brier}, {"log loss", s.LogLoss}, {"expected calibration error", s.ECE},
		{"calibration slope (1 is right)", s.Slope}, {"intercept (0 is right)", s.Intercept}})
}

func (w *sections) early(e *evaluate.Early) {
	w.title("Before the call is over")
	w.table(func(row func(...string)) {
		row("after", "recall at 1 % false alarms", "ROC-AUC")
		for _, p := range e.Points {
			row(fmt.Sprintf("%.0f %% of turns", 100*p.Share), estimate(p.Recall1), estimate(p.AUC))
		}
	})
	w.figures([]named{{"scams that raised an alarm", e.Alarmed}, {"legitimate calls that raised one", e.FalseAlarms}})
	w.printf("  %-32s %s\n", "alarm turn, quartiles", quartiles(e.AlarmTurns, "%.0f"))
	if e.WithSeconds > 0 {
		w.printf("  %-32s %s s (%d alarms with times)\n", "alarm time, quartiles", quartiles(e.AlarmSeconds, "%.0f"), e.WithSeconds)
	}
	if e.WithHarm > 0 {
		w.figures([]named{{fmt.Sprintf("before the harm turn (%d known)", e.WithHarm), e.BeforeHarm}})
	}
	for _, d := range e.ERDE {
		w.figures([]named{{fmt.Sprintf("ERDE, alarm due by turn %d", d.Turns), d.Error}})
	}
	w.figures([]named{{"latency-weighted F1", e.LatencyF1}})
}

func quartiles(qs []evaluate.Figure, format string) string {
	var out []string
	for _, q := range qs {
		if !q.Defined() {
			return "-"
		}
		out = append(out, fmt.Sprintf(format, float64(q)))
	}
	return strings.Join(out, ", ")
}

func (w *sections) baselines(cs []evaluate.Comparison) {
	if len(cs) == 0 {
		return
	}
	w.title("Other ways of predicting the same calls: ROC-AUC, recall at 1 % false alarms, ours less theirs")
	w.table(func(row func(...string)) {
		row("", "ROC-AUC", "difference", "at 1 %", "difference", "ours is")
		for _, c := range cs {
			row(c.Name, figure(c.AUC.Value), signed(c.AUCGain), figure(c.Recall1.Value), signed(c.Recall1Gain), c.Word)
		}
	})
}

func (w *sections) doubts(r *evaluate.Report) {
	w.title("What else could explain it")
	if len(r.Probes) > 0 {
		w.table(func(row func(...string)) {
			row("probe", "calls", "ROC-AUC", "the model", "")
			for _, p := range r.Probes {
				verdict := "-"
				if p.Explains {
					verdict = "EXPLAINS THE RESULT"
				}
				row(strings.TrimSpace(p.Lang+" "+p.Name), fmt.Sprint(p.Calls), figure(p.AUC), figure(p.Ours), verdict)
			}
		})
	}
	if r.Duplicates != nil {
		w.wrapped("  ", r.Duplicates.Verdict+".")
	}
	if e := r.Explanations; e != nil {
		w.title(fmt.Sprintf("Whether the quoted words are the reason (%d flagged calls)", e.Calls))
		w.figures([]named{{"without them: falls", e.Falls}, {"without as many others: stays", e.Stays}, {"both hold", e.Holds}})
		w.wrapped("  ", fmt.Sprintf("Median fall %s; median move without others %s (stays: within %.2f).", figure(e.MedianFall), figure(e.MedianMove), e.Within))
	}
}

// slices leaves out a table of one row: it repeats the whole.
func (w *sections) slices(s evaluate.Slicing) {
	if len(s.Rows) < 2 {
		return
	}
	w.printf("\n")
	if s.By == "verdict" {
		w.verdicts(s)
		return
	}
	w.table(func(row func(...string)) {
		row("by "+s.By, "scam", "legit", "recall", "false alarms", "recall at 1 %", "ROC-AUC")
		for _, r := range s.Rows {
			row(runewidth.Truncate(Plain(name(r.Name)), 20, "…"), fmt.Sprint(r.Scam), fmt.Sprint(r.Legit), short(r.Recall), short(r.Alarms), short(r.Recall1), figure(r.AUC.Value))
		}
	})
}

// verdicts tells how often each verdict is right: recall within one verdict
// would say nothing.
func (w *sections) verdicts(s evaluate.Slicing) {
	w.table(func(row func(...string)) {
		row("verdict", "scam", "legit", "share of scams")
		for _, r := range s.Rows {
			row(Plain(name(r.Name)), fmt.Sprint(r.Scam), fmt.Sprint(r.Legit), short(r.ScamShare))
		}
	})
}

const worstInText = 10

func (w *sections) worst(es []evaluate.WorstError) {
	if len(es) == 0 {
		return
	}
	w.title("The surest mistakes")
	for _, e := range es[:min(len(es), worstInText)] {
		what, reason := "false alarm", "no evidence"
		if e.Scam {
			what = "missed scam"
		}
		if len(e.Reasons) > 0 {
			reason = fmt.Sprintf("%s, turn %d", Words(e.Reasons[0].Tactic), e.Reasons[0].Turn)
		}
		w.printf("  %s %.3f  %s  %s\n", what, e.Probability, pad(Plain(e.ID), idWidth), Plain(reason))
	}
}

func name(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}

func figure(f evaluate.Figure) string {
	if !f.Defined() {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(f))
}

// estimate writes a figure and its interval: "0.936 (0.901 to 0.960)".
func estimate(e evaluate.Estimate) string {
	if !e.Value.Defined() {
		return "-"
	}
	return fmt.Sprintf("%s (%s to %s)%s", figure(e.Value), figure(e.Low), figure(e.High), mark(e))
}

func mark(e evaluate.Estimate) string {
	if e.Exact {
		return "*"
	}
	return ""
}

// short writes a share and its interval for a narrow column: "0.936 (.90–.96)".
func short(e evaluate.Estimate) string {
	if !e.Value.Defined() {
		return "-"
	}
	return fmt.Sprintf("%.3f (%s–%s)%s", float64(e.Value), hundredths("%.2f", e.Low), hundredths("%.2f", e.High), mark(e))
}

// signed writes a difference and its interval: "+0.105 (+.08 to +.13)".
func signed(e evaluate.Estimate) string {
	if !e.Value.Defined() {
		return "-"
	}
	return fmt.Sprintf("%+.3f (%s to %s)", float64(e.Value), hundredths("%+.2f", e.Low), hundredths("%+.2f", e.High))
}

// hundredths leaves the 0 before the point out.
func hundredths(format string, f evaluate.Figure) string {
	return strings.Replace(fmt.Sprintf(format, float64(f)), "0.", ".", 1)
}

// Confusion writes a confusion matrix.
func Confusion(out io.Writer, c evaluate.Confusion) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\tflagged\tnot flagged\t\n")
	fmt.Fprintf(w, "scam\t%d\t%d\t\n", c.ScamFlagged, c.ScamMissed)
	fmt.Fprintf(w, "legit\t%d\t%d\t\n", c.LegitFlagged, c.LegitPassed)
	return w.Flush()
}
