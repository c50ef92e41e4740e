package formats

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"callscam/corpus"
)

// timeUnit is what a table's times without a colon count, in milliseconds, and
// the warning that goes with it where nothing in the file says so.
type timeUnit struct {
	scale   float64
	warning string
}

const (
	aMilli  = 1.0
	aSecond = 1000.0
)

// unitNames are the endings of column names that state a unit.
var unitNames = regexp.MustCompile(`^(.+?)(?:_in)?_?(?:(_ms|_?msecs?|_?millis(?:econds?)?|毫秒)|(_s|_secs?|_?seconds?|秒))$`)

// cutUnit returns a column's name without its unit, and the unit, or 0 where
// the name states none.
func cutUnit(name string) (base string, scale float64) {
	m := unitNames.FindStringSubmatch(name)
	switch {
	case m == nil:
		return name, 0
	case m[2] != "":
		return m[1], aMilli
	}
	return m[1], aSecond
}

// timeUnit finds out what the times of a table count: as the header says, else
// as they must if people are to speak at a human pace. Seconds have fractions
// as a rule; Whisper's own tables are in milliseconds.
func (t *table) timeUnit(header []string, rows [][]string) timeUnit {
	for _, what := range []meaning{startColumn, endColumn} {
		if t.header && t.columns.has(what) {
			if _, scale := cutUnit(columnName(t.columns.at(header, what))); scale > 0 {
				return timeUnit{scale: scale}
			}
		}
	}
	numbers, fractions := t.columns.numbers(rows)
	if !numbers {
		return timeUnit{scale: aSecond}
	}
	pace := t.columns.pace(rows)
	switch {
	case fractions && (pace < 0 || pace > slowest):
		return timeUnit{scale: aSecond}
	case pace > between:
		return timeUnit{aSecond, warnTimes("seconds, by the pace of the speech")}
	case pace >= 0 && t.header && t.whisperColumns(header):
		return timeUnit{scale: aMilli}
	case pace >= 0:
		return timeUnit{aMilli, warnTimes("milliseconds, by the pace of the speech")}
	case t.header && t.columns.has(endColumn):
		return timeUnit{aMilli, warnTimes("milliseconds, as Whisper writes them")}
	}
	return timeUnit{aSecond, warnTimes("seconds")}
}

// People speak two to five words in a second, and so thousands of times fewer
// in a millisecond. Between is half way; of what has fractions only a pace
// below slowest, one word in minutes, is taken for milliseconds.
const (
	between = 0.1
	slowest = 0.005
)

func warnTimes(as string) string {
	return "nothing says what the times count: taken for " + as
}

// whisperColumns holds for the header of Whisper's and whisper.cpp's tables.
func (t *table) whisperColumns(header []string) bool {
	names := strings.Join(header, ",")
	return names == "start,end,text" || names == "start,end,speaker,text"
}

// numbers reports whether any time is a number and not a clock, and whether any
// of them has a fraction.
func (c columns) numbers(rows [][]string) (numbers, fractions bool) {
	for _, row := range rows {
		for _, what := range []meaning{startColumn, endColumn} {
			v, ok := plainNumber(c.at(row, what))
			numbers = numbers || ok
			fractions = fractions || ok && v != math.Trunc(v)
		}
	}
	return numbers, fractions
}

func plainNumber(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && v >= 0 && !math.IsInf(v, 0)
}

// pace returns how many words are spoken in one unit of the times, from a
// row's start to its end, or where rows have none, to the start of the next; or
// -1 where that cannot be told.
func (c columns) pace(rows [][]string) float64 {
	words, units := 0, 0.0
	for i, row := range rows {
		start, ok := plainNumber(c.at(row, startColumn))
		end, also := plainNumber(c.at(row, endColumn))
		if !c.has(endColumn) && i+1 < len(rows) && c.at(row, idColumn) == c.at(rows[i+1], idColumn) {
			end, also = plainNumber(c.at(rows[i+1], startColumn))
		}
		if ok && also && end > start {
			units += end - start
			words += wordsOf(c.at(row, textColumn))
		}
	}
	if words == 0 || units == 0 {
		return -1
	}
	return float64(words) / units
}

// wordsOf counts words; where a script has no spaces, characters.
func wordsOf(text string) int {
	n := 0
	inside := false
	for _, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsNumber(r)
		if unspaced(r) {
			inside = false
			if letter {
				n++
			}
			continue
		}
		if letter && !inside {
			n++
		}
		inside = !unicode.IsSpace(r) && (letter || inside)
	}
	return n
}

var clockCell = regexp.MustCompile(`^` + stamp + `$`)

// millis reads a time as a clock, as a date and clock from 1970, or as a number
// in the table's unit.
func (u timeUnit) millis(s string) int64 {
	if m := clockCell.FindStringSubmatch(s); m != nil {
		return clockMillis(m)
	}
	if at, ok := instant(strings.ReplaceAll(s, "/", "-")); ok && at >= 0 {
		return at
	}
	v, ok := plainNumber(s)
	if !ok || v*u.scale > 1e14 {
		return corpus.NoTime
	}
	return int64(math.Round(v * u.scale))
}

// fromFirst makes times that are dates count from the first of a call.
func fromFirst(cues []cue) {
	zero := int64(0)
	for i := range cues {
		for _, at := range []*int64{&cues[i].start, &cues[i].end} {
			if *at > longest && zero == 0 {
				zero = *at
			}
			if *at == corpus.NoTime || zero == 0 {
				continue
			}
			if *at -= zero; *at < 0 || *at > longest {
				*at = corpus.NoTime
			}
		}
	}
}
