package report

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"callscam/classify"
	"callscam/corpus"
	"callscam/features"
)

// Redacted returns the call and its result as they may be shown: every text,
// speaker, note and quote passes through Redact, so spans still hold; of the
// terms that decided, those that are spoken digits lose their words. IDs and
// paths stay: results are found again by them. The arguments are left as they
// are, and of the call nothing is passed on but what is named here.
func Redacted(ex *corpus.Example, r *classify.Result) (*corpus.Example, *classify.Result) {
	call := corpus.Example{
		Transcript: corpus.Transcript{ID: ex.ID, Path: ex.Path, Lang: ex.Lang, Turns: slices.Clone(ex.Turns), Warnings: ex.Warnings},
		Label:      ex.Label, Source: ex.Source, Group: ex.Group, Pretext: ex.Pretext, Style: ex.Style, Region: ex.Region,
		Remote: Redact(ex.Remote), HarmTurn: ex.HarmTurn, Notes: slices.Clone(ex.Notes),
	}
	for i := range call.Turns {
		call.Turns[i].Text = Redact(ex.Turns[i].Text)
		call.Turns[i].Speaker = Redact(ex.Turns[i].Speaker)
	}
	for i := range call.Notes {
		call.Notes[i].Quote = Redact(ex.Notes[i].Quote)
	}
	result := *r
	result.Evidence = slices.Clone(r.Evidence)
	for i := range result.Evidence {
		e := &result.Evidence[i]
		e.Quote = call.Turns[e.Turn-1].Text[e.Start:e.End]
	}
	result.Contributions = slices.Clone(r.Contributions)
	for i := range result.Contributions {
		c := &result.Contributions[i]
		if _, ok := features.TermOf(c.Feature); ok {
			c.Feature = mask(c.Feature, numbers(c.Feature, 1))
		}
	}
	return &call, &result
}

// Redact masks what identifies or gives access: every byte of it becomes an
// asterisk, so that the text keeps its length and all offsets hold. Masked are
// e-mail and web addresses, written or spoken, and every number of three or
// more digits, written or spoken in English or Chinese, with whatever stands
// between its digits; a turn that is nothing but digits is masked whole.
// Amounts of money and the like keep their digits: they are followed or
// preceded by their unit. Clock times stay too. Names and street addresses
// cannot be told from other words and stay.
func Redact(text string) string {
	var spans []corpus.Span
	for _, re := range addresses() {
		for _, m := range re.FindAllStringIndex(text, -1) {
			spans = append(spans, corpus.Span{Start: m[0], End: m[1]})
		}
	}
	return mask(text, append(spans, numbers(text, leastDigits)...))
}

// leastDigits is how many digits make a number that may be somebody's: the
// three on the back of a card are the shortest.
const leastDigits = 3

func mask(text string, spans []corpus.Span) string {
	if len(spans) == 0 {
		return text
	}
	b := []byte(text)
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			b[i] = '*'
		}
	}
	return string(b)
}

const (
	ends = `(?:com|net|org|info|biz|io|co|uk|us|cn|hk|tw|top|xyz|vip|app|gov|edu|cc|me|tv|site|online|shop|club|link|live|pro|icu|ly|eu|de|fr|au|ca|nz|sg|in)`
	// host is what an address's names are made of; rest is what may follow one.
	host = `[\p{L}\p{N}_-]+`
	rest = `(?:[/?#:][^\s\p{Han}，。、；！？）】”]*)?`
)

// addresses are compiled when they are first needed, like all that only masking
// needs: most runs mask nothing.
var addresses = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`[^\s\p{Han}@＠<>()，。、：；！？（）“”]*\s?[@＠]\s?` + host + `(?:\s?[.．]\s?` + host + `)*`),
		regexp.MustCompile(`(?i)\b[a-z][a-z0-9+]{1,9}://[^\s\p{Han}，。、；！？）】”]+`),
		regexp.MustCompile(`(?i)\bwww\.[^\s\p{Han}，。、；！？）】”]+`),
		regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+` + ends + `\b` + rest),
		// "j dot smith at example dot com", letters spelled one by one included.
		regexp.MustCompile(`(?i)(?:\b[a-z0-9]\b[\s,.-]+)*\b[\w.+-]+(?:\s+(?:dot|point|underscore|dash|hyphen|minus)\s+[\w.+-]+)*\s+at\s+(?:[\w-]+\s+)?(?:[\w-]+\s+(?:dot|point)\s+)+[a-z]{2,}\b`),
		// "w w w dot example dot com slash refund"
		regexp.MustCompile(`(?i)(?:\bw\s+w\s+w\s+dot\s+)?\b[\w-]+(?:\s+dot\s+[\w-]+)*\s+dot\s+` + ends + `\b(?:\s+(?:forward\s+slash|slash|dot|dash|hyphen)\s+[\w-]+)*`),
		regexp.MustCompile(`(?i)[\w.+-]+\s*(?:艾特|圈a)\s*[\w\p{Han}-]{1,12}?(?:\s*(?:点|\.)\s*\w+)+`),
		regexp.MustCompile(`(?i)(?:[\w-]{1,40}|\p{Han}{1,6})(?:\s*点\s*[\w-]+)*\s*点\s*` + ends + `\b(?:\s*(?:斜杠|点)\s*[\w-]+)*`),
	}
})

// numberWords gives a word's number of digits; what is 0 makes no number of
// its own.
var numberWords = map[string]int{
	"zero": 1, "oh": 0, "o": 0, "nought": 1, "naught": 1, "one": 1, "two": 1, "three": 1, "four": 1, "five": 1, "six": 1,
	"seven": 1, "eight": 1, "nine": 1, "niner": 1, "double": 1, "triple": 2, "treble": 2,
	"ten": 2, "eleven": 2, "twelve": 2, "thirteen": 2, "fourteen": 2, "fifteen": 2, "sixteen": 2, "seventeen": 2, "eighteen": 2,
	"nineteen": 2, "twenty": 2, "thirty": 2, "forty": 2, "fourty": 2, "fifty": 2, "sixty": 2, "seventy": 2, "eighty": 2, "ninety": 2,
}

const hanDigits = "〇零一二三四五六七八九幺两兩壹贰貳叁參肆伍陆陸柒捌玖洞拐勾"

// Between the digits of one number: marks, hesitation, and digits misheard.
var betweenWords = map[string]bool{"um": true, "uh": true, "er": true, "erm": true, "hmm": true, "mm": true, "ah": true, "then": true,
	"and": true, "dash": true, "hyphen": true, "slash": true, "dot": true, "space": true, "to": true, "too": true, "for": true,
	"won": true, "ate": true, "okay": true, "ok": true, "yes": true, "yeah": true}

const (
	betweenHan   = "呃嗯啊哦额唔噢然后後再杠减"
	betweenMarks = " \t\r\n\u00a0\u3000-–—‐‑.．,，、。·・_/()（）*#…?？"
)

// mostBetween bounds the words between two digits of one number.
const mostBetween = 3

// units follow or precede what is an amount and nobody's number.
var (
	unitBefore = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[$£€¥￥₹]\s?$`) })
	unitAfter  = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^\s?(?:[%％元块塊圆圓万萬千百亿億角年天]|分钟|小时|人民币|港币|美元|(?:dollars?|bucks|pounds?|quid|euros?|rupees|yuan|rmb|usd|gbp|eur|percent|k|grand|hundred|thousand|million|lakh|crore|minutes|hours|days|years)\b)`)
	})
)

// mostAmount is how many digits an amount has at most.
const mostAmount = 7

func isAmount(text string, s corpus.Span, digits int) bool {
	return digits <= mostAmount && !strings.ContainsAny(text[s.Start:s.End], " \t-") &&
		(unitBefore().MatchString(text[max(0, s.Start-8):s.Start]) || unitAfter().MatchString(text[s.End:min(len(text), s.End+16)]))
}
