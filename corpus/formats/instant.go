package formats

import (
	"time"

	"callscam/corpus"
)

// instant returns a date and time of RFC 3339 in milliseconds since 1970, or
// corpus.NoTime when it is none or earlier.
func instant(s string) int64 {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.UnixMilli() < 0 {
		return corpus.NoTime
	}
	return t.UnixMilli()
}

// instantText is the reverse of instant.
func instantText(ms int64) string {
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z07:00")
}
