package evaluate

// Schema names the form of a report.
const Schema = "callscam.report/1"

// Report is how right a model, or a way of making models, is on a set of
// labelled calls, and what speaks against believing it. Parts that were not
// asked for, or that need calls of both labels where there are none, are nil
// or hold undefined figures.
type Report struct {
	Schema string `json:"schema"`
	Title  string `json:"title"` // "evaluation" or "cross-validation by source"
	// Headline is the first line of every form: the verdict on the result, in
	// plain words. Doubtful says that a probe explains the result.
	Headline string   `json:"headline"`
	Doubtful bool     `json:"doubtful"`
	Warnings []string `json:"warnings"` // a sentence each
	Model    ModelRef `json:"model"`
	How      How      `json:"how"`

	All          Summary       `json:"all"`
	BaseRates    []BaseRate    `json:"base_rates"`
	Curves       Curves        `json:"curves"`
	Early        *Early        `json:"early,omitempty"`
	Slices       []Slicing     `json:"slices"`
	Baselines    []Comparison  `json:"baselines"`
	Probes       []Probe       `json:"probes"`
	Duplicates   *Duplicates   `json:"duplicates,omitempty"`
	Explanations *Explanations `json:"explanations,omitempty"`
	Worst        []WorstError  `json:"worst_errors"` // at most 25, the surest first
	Calls        []Prediction  `json:"calls"`        // in the order given
}

// ModelRef names what predicted. Threshold is the probability from which a
// call is flagged, undefined where every fold has its own.
type ModelRef struct {
	Name      string `json:"name"`
	Digest    string `json:"digest,omitempty"`
	Threshold Figure `json:"threshold"`
}

// How says where the intervals come from: Rounds draws of all Groups groups
// with replacement, seeded, and the 2.5 and 97.5 percentiles of each figure
// (Field and Welsh 2007). The same draws serve every figure, so differences
// are paired.
type How struct {
	Seed   uint64 `json:"seed"`
	Rounds int    `json:"rounds"`
	Groups int    `json:"groups"`
}

// Summary is how right the predictions of one set of calls are. Figures that
// need calls of both labels are undefined where one is missing.
type Summary struct {
	Name   string `json:"name"`
	Scam   int    `json:"scam"`
	Legit  int    `json:"legit"`
	Groups int    `json:"groups"`

	// ScamShare is the share of scams among the calls.
	ScamShare Estimate `json:"scam_share"`

	Recall01 Estimate `json:"recall_at_0.1_percent_false_alarms"`
	Recall1  Estimate `json:"recall_at_1_percent_false_alarms"`
	Recall5  Estimate `json:"recall_at_5_percent_false_alarms"`
	AUC      Estimate `json:"roc_auc"`
	AP       Estimate `json:"average_precision"`

	Confusion Confusion `json:"confusion"`
	Precision Estimate  `json:"precision"`
	Recall    Estimate  `json:"recall"`
	F1        Estimate  `json:"f1"`
	Alarms    Estimate  `json:"false_alarm_rate"`

	Brier     Estimate `json:"brier"`
	LogLoss   Estimate `json:"log_loss"`
	ECE       Estimate `json:"expected_calibration_error"`
	Slope     Estimate `json:"calibration_slope"`
	Intercept Estimate `json:"calibration_intercept"`

	// Bounds are sentences such as "0 of 240 legitimate calls flagged: the
	// true rate may be up to 1.2 %", for shares of 0.
	Bounds []string `json:"bounds"`
}

// BaseRate is the share of flagged calls that are scams where one call in
// OneIn is a scam, at the shipped threshold.
type BaseRate struct {
	OneIn     int      `json:"one_in"`
	Precision Estimate `json:"precision"`
}

// Curves are what the charts draw. ROC and PR go from the highest threshold
// down and leave points out where a curve runs straight.
type Curves struct {
	ROC         []ROCPoint       `json:"roc"`
	PR          []PRPoint        `json:"precision_recall"`
	Reliability []ReliabilityBin `json:"reliability"`
	Histogram   []HistogramBin   `json:"histogram"`
}

// ROCPoint is the share of legitimate and of scam calls with at least the
// threshold's probability.
type ROCPoint struct {
	FalseAlarms float64 `json:"false_alarms"`
	Recall      float64 `json:"recall"`
	Threshold   float64 `json:"threshold"`
}

// PRPoint is the precision and recall at a threshold.
type PRPoint struct {
	Recall    float64 `json:"recall"`
	Precision float64 `json:"precision"`
	Threshold float64 `json:"threshold"`
}

// ReliabilityBin holds calls of neighbouring probability, about as many as the
// other bins: their mean probability and the share that are scams, with its
// Wilson interval.
type ReliabilityBin struct {
	Calls int     `json:"calls"`
	Mean  float64 `json:"mean_probability"`
	Share float64 `json:"scam_share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// HistogramBin counts calls with a probability in [From, To); the last bin
// holds 1 too.
type HistogramBin struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Scam  int     `json:"scam"`
	Legit int     `json:"legit"`
}

// Early is what could be known before the call was over.
type Early struct {
	Points []EarlyPoint `json:"points"`
	// AlarmTurns and AlarmSeconds are quartiles (25, 50, 75 %) over the scam
	// calls that raised an alarm; seconds only over those with times.
	Alarmed      Estimate `json:"scams_alarmed"`
	FalseAlarms  Estimate `json:"legitimate_calls_alarmed"`
	AlarmTurns   []Figure `json:"alarm_turn_quartiles"`
	AlarmSeconds []Figure `json:"alarm_second_quartiles"`
	WithSeconds  int      `json:"alarms_with_seconds"`
	// BeforeHarm is the share of the WithHarm scam calls with a known harm turn
	// that raised an alarm in an earlier turn.
	WithHarm   int      `json:"scams_with_harm_turn"`
	BeforeHarm Estimate `json:"alarmed_before_harm"`
	ERDE       []ERDE   `json:"erde"`
	LatencyF1  Estimate `json:"latency_weighted_f1"`
	// HalfTurn is the turn at which a right alarm counts half in LatencyF1.
	HalfTurn Figure `json:"latency_half_turn"`
}

// EarlyPoint is how right the probabilities are after a share of the turns,
// at 1 % false alarms counted on the same shares of the legitimate calls.
type EarlyPoint struct {
	Share   float64  `json:"share_of_turns"`
	Recall1 Estimate `json:"recall_at_1_percent_false_alarms"`
	AUC     Estimate `json:"roc_auc"`
}

// ERDE is the early risk detection error of Losada and Crestani (2016): a right
// alarm costs 1-1/(1+exp(turn-Turns)), a missed scam 1, a false alarm the share
// of scams. Lower is better.
type ERDE struct {
	Turns int      `json:"turns"`
	Error Estimate `json:"error"`
}

// Slicing is the calls apart by one thing, in order of its values.
type Slicing struct {
	By   string    `json:"by"`
	Rows []Summary `json:"rows"`
}

// Comparison is another way of predicting the same calls, and the difference
// ours minus its own, paired by group. Word is "better" or "worse" where the
// interval of the difference in ROC-AUC lies on one side of 0, else "cannot
// tell".
type Comparison struct {
	Name        string   `json:"name"`
	AUC         Estimate `json:"roc_auc"`
	Recall1     Estimate `json:"recall_at_1_percent_false_alarms"`
	AUCGain     Estimate `json:"roc_auc_difference"`
	Recall1Gain Estimate `json:"recall_difference"`
	Word        string   `json:"word"`
}

// Probe asks how well something beside the point tells the labels apart on
// held-out groups. It explains the result when it comes nearly as far as the
// model: see Explains.
type Probe struct {
	Name     string `json:"name"`
	Lang     string `json:"lang,omitempty"` // "" for all calls together
	AUC      Figure `json:"roc_auc"`
	Ours     Figure `json:"our_roc_auc"` // on the same calls
	Calls    int    `json:"calls"`
	Explains bool   `json:"explains"`
	Verdict  string `json:"verdict"` // a sentence
}

// Duplicates counts test calls that say nearly the same as a call that was
// learned from. Checked is false where those are not at hand.
type Duplicates struct {
	Checked bool   `json:"checked"`
	Calls   int    `json:"calls"`
	Near    int    `json:"near_duplicates"`
	Verdict string `json:"verdict"` // a sentence
}

// Explanations is whether the quoted words are what moved the probability, on
// flagged calls: with them taken out it must fall, with as many other words
// taken out at random it must stay within Within.
type Explanations struct {
	Calls      int      `json:"calls"`
	Falls      Estimate `json:"falls_without_evidence"`
	MedianFall Figure   `json:"median_fall"`
	Within     float64  `json:"within"`
	Stays      Estimate `json:"stays_without_random_words"`
	MedianMove Figure   `json:"median_random_move"`
	Holds      Estimate `json:"both_hold"`
}

// WorstError is a wrong call. Call is its place among Report.Calls, from 0.
type WorstError struct {
	Call        int      `json:"call"`
	ID          string   `json:"id"`
	Path        string   `json:"path"`
	Scam        bool     `json:"scam"`
	Probability float64  `json:"probability"`
	Reasons     []Reason `json:"reasons"`
}
