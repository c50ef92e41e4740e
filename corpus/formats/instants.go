package formats

import (
	"math"
	"strconv"
	"strings"

	"callscam/corpus"
)

// longest is the longest time in milliseconds that is believed, a year.
const longest = 366 * 24 * 3600 * 1000

// scaled returns a number of units, each of so many milliseconds, in
// milliseconds, or NoTime where there is none or it cannot be one.
func scaled(v value, unit float64) int64 {
	n := v.number()
	if n == nil {
		return corpus.NoTime
	}
	return rounded(*n * unit)
}

func rounded(ms float64) int64 {
	if ms = math.Round(ms); !(ms >= 0 && ms <= longest) {
		return corpus.NoTime
	}
	return int64(ms)
}

func seconds(v value) int64 { return scaled(v, 1000) }

func millis(v value) int64 { return scaled(v, 1) }

// ticks takes units of 100 nanoseconds.
func ticks(v value) int64 { return scaled(v, 1e-4) }

// plus returns start and length together where both are known.
func plus(start, length int64) int64 {
	if start == corpus.NoTime || length == corpus.NoTime {
		return corpus.NoTime
	}
	return start + length
}

// duration reads "1.300s", "PT1M2.5S", {"seconds":"1","nanos":300000000} or a
// number of seconds.
func duration(v value) int64 {
	if v.kind() == '{' {
		s, ns := seconds(v.get("seconds")), scaled(v.get("nanos"), 1e-6)
		if v.get("seconds") == nil {
			s = 0
		}
		if v.get("nanos") == nil {
			ns = 0
		}
		return plus(s, ns)
	}
	text := v.line()
	if rest, ok := strings.CutPrefix(text, "P"); ok {
		return isoDuration(rest)
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "s"), 64)
	if err != nil {
		return corpus.NoTime
	}
	return rounded(n * 1000)
}

// isoDuration reads what follows the P of an ISO 8601 duration, up to days.
func isoDuration(s string) int64 {
	total := 0.0
	days, clock, _ := strings.Cut(s, "T")
	for _, part := range []struct {
		text, units string
		ms          []float64
	}{{days, "D", []float64{24 * 3600e3}}, {clock, "HMS", []float64{3600e3, 60e3, 1e3}}} {
		rest := part.text
		for rest != "" {
			i := strings.IndexAny(rest, part.units)
			if i < 0 {
				return corpus.NoTime
			}
			n, err := strconv.ParseFloat(rest[:i], 64)
			if err != nil {
				return corpus.NoTime
			}
			total += float64(n * part.ms[strings.IndexByte(part.units, rest[i])])
			rest = rest[i+1:]
		}
	}
	if s == "" {
		return corpus.NoTime
	}
	return rounded(total)
}

// instant reads a date and time such as 2022-10-27T03:31:50.735Z, and returns
// milliseconds from the beginning of 1970 in UTC. A time without a zone counts
// as UTC.
func instant(s string) (ms int64, ok bool) {
	if len(s) < len("2006-01-02T15:04:05") || s[4] != '-' || s[7] != '-' || s[10] != 'T' && s[10] != ' ' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	ok = true
	number := func(digits string) int64 {
		n, err := strconv.ParseUint(digits, 10, 32)
		ok = ok && err == nil
		return int64(n)
	}
	days := daysTo(number(s[:4]), number(s[5:7]), number(s[8:10]))
	ms = (days*86400 + number(s[11:13])*3600 + number(s[14:16])*60 + number(s[17:19])) * 1000
	rest := s[19:]
	if strings.HasPrefix(rest, ".") {
		n := 1
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		ms += number((rest[1:n] + "000")[:3])
		rest = rest[n:]
	}
	if len(rest) == len("+01:00") && (rest[0] == '+' || rest[0] == '-') {
		shift := (number(rest[1:3])*60 + number(rest[4:6])) * 60_000
		if rest[0] == '+' {
			shift = -shift
		}
		return ms + shift, ok
	}
	return ms, ok && (rest == "Z" || rest == "")
}

// daysTo counts days from the beginning of 1970 in the Gregorian calendar. A
// year begins in March here, so that the leap day is its last.
func daysTo(year, month, day int64) int64 {
	if month <= 2 {
		year, month = year-1, month+12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 719469
}
