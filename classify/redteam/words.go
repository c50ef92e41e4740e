package redteam

import (
	_ "embed"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"

	"callscam/corpus"
)

//go:embed phrases.txt
var phrasesText string

// phrases is what the edits say in one language.
type phrases struct {
	space      string
	smallTalk  [][2]string
	protective []string
	polite     []string
	synonyms   [][2]string // longest first
}

var readPhrases = sync.OnceValue(func() map[string]*phrases {
	all := map[string]*phrases{"en": {space: " "}, "zh": {}}
	section, lang := "", "en"
	for _, line := range strings.Split(phrasesText, "\n") {
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			name := strings.Trim(line, "[]")
			section, lang = name[:len(name)-3], name[len(name)-2:]
		default:
			all[lang].add(section, line)
		}
	}
	for _, p := range all {
		slices.SortStableFunc(p.synonyms, func(a, b [2]string) int { return len(b[0]) - len(a[0]) })
	}
	return all
})

func (p *phrases) add(section, line string) {
	a, b, _ := strings.Cut(line, " | ")
	switch section {
	case "small talk":
		p.smallTalk = append(p.smallTalk, [2]string{a, b})
	case "synonyms":
		p.synonyms = append(p.synonyms, [2]string{a, b})
	case "protective":
		p.protective = append(p.protective, line)
	case "polite":
		p.polite = append(p.polite, line)
	}
}

func phrasesOf(lang string) *phrases {
	if lang == "zh" {
		return readPhrases()["zh"]
	}
	return readPhrases()["en"]
}

// word is a run of letters and digits, one Han character, or what stands
// between such.
type word struct {
	text string
	is   bool // a word, not what stands between
}

func words(s string) []word {
	var out []word
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		j, is := i+n, isLetter(r)
		for j < len(s) && !corpus.IsHan(r) {
			q, m := utf8.DecodeRuneInString(s[j:])
			if isLetter(q) != is || corpus.IsHan(q) {
				break
			}
			j += m
		}
		out = append(out, word{s[i:j], is})
		i = j
	}
	return out
}

func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
}

// eachWord rewrites the words of every turn.
func eachWord(t *corpus.Transcript, change func(w string) string) {
	for i := range t.Turns {
		var b strings.Builder
		for _, w := range words(t.Turns[i].Text) {
			if w.is {
				w.text = change(w.text)
			}
			b.WriteString(w.text)
		}
		t.Turns[i].Text = b.String()
	}
}

func synonyms(t *corpus.Transcript, _ *rand.Rand, p *phrases) {
	for _, i := range remoteTurns(t) {
		t.Turns[i].Text = p.reword(t.Turns[i].Text)
	}
}

// reword replaces every word that has a synonym, the longest first, and never
// one inside of another or inside of what it has put there.
func (p *phrases) reword(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if from, to := p.synonymAt(s, i); from != "" {
			b.WriteString(to)
			i += len(from)
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+n])
		i += n
	}
	return b.String()
}

func (p *phrases) synonymAt(s string, i int) (from, to string) {
	for _, pair := range p.synonyms {
		end := i + len(pair[0])
		if end > len(s) || !strings.EqualFold(s[i:end], pair[0]) {
			continue
		}
		if p.space == "" {
			return s[i:end], pair[1]
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[end:])
		if !(i > 0 && isLetter(before)) && !(end < len(s) && isLetter(after)) {
			return s[i:end], pair[1]
		}
	}
	return "", ""
}

func noise(t *corpus.Transcript, rng *rand.Rand, _ *phrases) {
	for i := range t.Turns {
		var b strings.Builder
		for _, w := range words(strings.ToLower(t.Turns[i].Text)) {
			switch {
			case !w.is && strings.ContainsFunc(w.text, unicode.IsSpace):
				b.WriteByte(' ')
			case !w.is:
			case rng.Float64() >= 0.05:
				b.WriteString(w.text)
			case rng.IntN(2) == 0:
				b.WriteString(w.text + " " + w.text)
			}
		}
		t.Turns[i].Text = strings.TrimSpace(b.String())
	}
}

// soundAlikes are English words that recognisers write for one another.
var soundAlikes = map[string]string{
	"code": "coat", "share": "chair", "screen": "scream", "bank": "bang", "card": "car", "your": "you're", "wire": "why are",
	"fraud": "frog", "account": "a count", "pay": "play", "police": "please", "press": "dress", "read": "reed", "safe": "save",
	"money": "monkey", "warrant": "warren", "tax": "tacks", "fee": "free", "send": "sand", "four": "for", "two": "to", "transfer": "chance for",
	"install": "in stall", "download": "down load", "right": "write", "gift": "give", "cash": "catch", "arrest": "a rest", "refund": "re fund",
}

func homophones(t *corpus.Transcript, rng *rand.Rand, _ *phrases) {
	alike := commonBySound()
	eachWord(t, func(w string) string {
		if other, ok := soundAlikes[strings.ToLower(w)]; ok && rng.IntN(4) == 0 {
			return other
		}
		r, n := utf8.DecodeRuneInString(w)
		if n != len(w) || !corpus.IsHan(r) || rng.IntN(12) > 0 {
			return w
		}
		if same := alike[reading(r)]; len(same) > 0 {
			return string(same[rng.IntN(len(same))])
		}
		return w
	})
}

func reading(r rune) string {
	first, _, _ := strings.Cut(pinyin.PinyinDict[int(r)], ",")
	return first
}

// commonBySound lists the common characters by their readings.
var commonBySound = sync.OnceValue(func() map[string][]rune {
	out := map[string][]rune{}
	for r := rune(0x4e00); r < 0xa000; r++ {
		if s := reading(r); s != "" && isCommon(r) {
			out[s] = append(out[s], r)
		}
	}
	return out
})

// isCommon reports whether the character is of the first level of GB 2312: the
// 3,755 that are in everyday use.
func isCommon(r rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(b) == 2 && b[0] >= 0xb0 && b[0] <= 0xd7 && b[1] >= 0xa1
}

func split(t *corpus.Transcript, rng *rand.Rand, _ *phrases) {
	eachWord(t, func(w string) string {
		r, n := utf8.DecodeRuneInString(w)
		switch {
		case n == len(w) && corpus.IsHan(r):
			return w + " "
		case len(w) > 7 && rng.IntN(2) == 0:
			for n < len(w)/2 || !utf8.RuneStart(w[n]) {
				n++
			}
			return w[:n] + " " + w[n:]
		}
		return w
	})
}
