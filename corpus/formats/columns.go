package formats

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"callscam/corpus"
)

// meaning is what a column of a table holds.
type meaning int

const (
	noMeaning meaning = iota
	textColumn
	idColumn
	labelColumn
	speakerColumn
	startColumn
	endColumn
	langColumn
	sourceColumn
	groupColumn
	pretextColumn
	pathColumn
)

// meanings gives the names by which columns are known, the surest first: where
// two columns of a table mean the same, the earlier name is taken.
var meanings = []struct {
	what  meaning
	names []string
}{
	{textColumn, []string{"text", "transcript", "dialogue", "dialog", "utterance", "content", "transcription", "conversation", "sentence", "message", "文本", "内容", "对话", "对话内容", "通话内容", "转写文本", "原文"}},
	{idColumn, []string{"call_id", "conversation_id", "dialogue_id", "dialog_id", "conversation_no", "session_id", "id", "file_name", "filename", "call", "通话id", "会话id", "编号", "录音编号"}},
	{labelColumn, []string{"label", "labels", "is_scam", "is_fraud", "scam", "fraud", "class", "标签", "类别", "是否诈骗"}},
	{speakerColumn, []string{"speaker", "role", "participant", "speaker_label", "speaker_name", "caller", "channel", "who", "说话人", "角色", "发言人"}},
	{startColumn, []string{"start_ms", "start", "start_time", "begin", "begin_time", "start_offset", "begin_offset", "from", "timestamp", "time", "offset", "开始时间", "起始时间", "开始", "时间"}},
	{endColumn, []string{"end_ms", "end", "end_time", "stop", "end_offset", "to", "结束时间", "结束"}},
	{langColumn, []string{"lang", "language", "语言"}},
	{sourceColumn, []string{"source", "来源"}},
	{groupColumn, []string{"group", "campaign", "script"}},
	{pretextColumn, []string{"pretext", "type", "scenario"}},
	{pathColumn, []string{"path"}},
}

// columns says at which place of a row each meaning stands, from 0.
type columns map[meaning]int

// headerColumns reads a header row; ok is false where no cell is a known name,
// or the only one is a label's own name, which a row of data has too.
func headerColumns(row []string) (columns, bool) {
	place, withUnit := map[string]int{}, map[string]int{}
	labels := 0
	for i, cell := range row {
		name := columnName(cell)
		if _, twice := place[name]; !twice && name != "" {
			place[name] = i
		}
		if base, scale := cutUnit(name); scale > 0 {
			withUnit[base] = i
		}
		if isLabel(cell) {
			labels = 1
		}
	}
	c := columns{}
	for _, m := range meanings {
		for _, name := range m.names {
			i, ok := place[name]
			if !ok && (m.what == startColumn || m.what == endColumn) {
				i, ok = withUnit[name]
			}
			if ok {
				c[m.what] = i
				break
			}
		}
	}
	return c, len(c) > labels
}

// columnName writes a header's cell as the names above are written, also one
// in camel case or with a unit in brackets.
func columnName(cell string) string {
	cell = humps.ReplaceAllString(strings.TrimSpace(cell), "${1}_$2")
	cell = strings.NewReplacer(" ", "_", "-", "_", "(", "_", "[", "_", "（", "_", ")", "", "]", "", "）", "").Replace(strings.ToLower(cell))
	return strings.ReplaceAll(cell, "__", "_")
}

var humps = regexp.MustCompile(`([a-z])([A-Z])`)

// guessColumns takes rows without a header: two numbers in front are times, a
// column in which every cell is a label's name is the label, and the longest
// of the others is the text; a short column that recurs is the speaker.
func guessColumns(rows [][]string) columns {
	c := columns{}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	taken := make([]bool, width)
	if width >= 3 && everyCell(rows, 0, isDecimal) && everyCell(rows, 1, isDecimal) {
		c[startColumn], c[endColumn], taken[0], taken[1] = 0, 1, true, true
	}
	longest := 0
	for i := range width {
		if taken[i] {
			continue
		}
		if everyCell(rows, i, isLabel) {
			c[labelColumn], taken[i] = i, true
			continue
		}
		if n := cellLength(rows, i); n > longest && !everyCell(rows, i, isDecimal) {
			c[textColumn], longest = i, n
		}
	}
	if at, ok := c[textColumn]; ok && at > 0 && !taken[at-1] && recurs(rows, at-1) {
		c[speakerColumn] = at - 1
	}
	return c
}

func everyCell(rows [][]string, i int, is func(string) bool) bool {
	return !slices.ContainsFunc(rows, func(row []string) bool { return i >= len(row) || !is(row[i]) })
}

func isDecimal(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return err == nil
}

func isLabel(s string) bool {
	if plain, doubtful := plainLabel(strings.TrimSpace(s)); plain != "" && !doubtful {
		return true
	}
	l, err := corpus.ParseLabel(s)
	return err == nil && l != corpus.Unlabelled
}

func cellLength(rows [][]string, i int) int {
	n := 0
	for _, row := range rows {
		if i < len(row) {
			n += len(row[i])
		}
	}
	return n
}

// recurs reports whether a column holds few short values, as speakers are.
func recurs(rows [][]string, i int) bool {
	seen := map[string]bool{}
	for _, row := range rows {
		if i >= len(row) || row[i] == "" || utf8.RuneCountInString(row[i]) > 40 {
			return false
		}
		seen[row[i]] = true
	}
	return len(seen) < len(rows) && (len(seen) == 2 || len(seen)*2 <= len(rows))
}

// at returns a row's cell of that meaning, or nothing.
func (c columns) at(row []string, what meaning) string {
	i, ok := c[what]
	if !ok || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

func (c columns) has(what meaning) bool {
	_, ok := c[what]
	return ok
}
