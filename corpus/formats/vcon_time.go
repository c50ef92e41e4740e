package formats

import (
	"fmt"

	"callscam/corpus"
)

// millisOf returns a date and time of RFC 3339 in milliseconds since 1970, or
// corpus.NoTime when it is none or earlier.
func millisOf(s string) int64 {
	ms, ok := instant(s)
	if !ok || ms < 0 {
		return corpus.NoTime
	}
	return ms
}

// instantText is the reverse of millisOf.
func instantText(ms int64) string {
	days := ms / 86_400_000
	year := 1970 + days/366
	for daysTo(year+1, 1, 1) <= days {
		year++
	}
	month := int64(1)
	for month < 12 && daysTo(year, month+1, 1) <= days {
		month++
	}
	day := 1 + days - daysTo(year, month, 1)
	return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day,
		ms/3_600_000%24, ms/60_000%60, ms/1000%60, ms%1000)
}
