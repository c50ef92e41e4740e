package formats

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// redactionKinds tells the kind by a part of the mark's name, in this order.
var redactionKinds = [][2]string{
	{"PHONE", "telephone number"}, {"电话", "telephone number"}, {"手机", "telephone number"},
	{"CVV", "card code"}, {"CARD", "card number"}, {"CREDIT", "card number"}, {"卡号", "card number"},
	{"ACCOUNT", "account number"}, {"ROUTING", "account number"}, {"IBAN", "account number"}, {"账号", "account number"}, {"账户", "account number"},
	{"EMAIL", "e-mail address"}, {"ADDRESS", "address"}, {"地址", "address"}, {"URL", "web address"},
	{"SSN", "identity number"}, {"PASSPORT", "identity number"}, {"LICENSE", "identity number"}, {"身份证", "identity number"},
	{"PASSWORD", "password"}, {"密码", "password"}, {"PIN", "password"}, {"OTP", "one-time code"}, {"验证码", "one-time code"},
	{"NAME", "name"}, {"PERSON", "name"}, {"姓名", "name"}, {"人名", "name"},
	{"DATE", "date"}, {"DOB", "date"}, {"AGE", "age"}, {"LOCATION", "place"}, {"CITY", "place"}, {"ORG", "organisation"},
	{"NUMBER", "number"}, {"PII", "personal data"}, {"REDACTED", "personal data"}, {"MASKED", "personal data"},
}

// flagRedaction warns of the marks that stand for something taken out, with
// their kinds. The marks themselves stay as they are: their text is a typed
// token already ([NAME] is read as the word "name", *** as no word at all), so
// that offsets hold and a file written back is the same.
func flagRedaction(ex *corpus.Example) {
	var turns []int
	var kinds []string
	for i := range ex.Turns {
		found := redactions(ex.Turns[i].Text)
		if len(found) == 0 {
			continue
		}
		turns = append(turns, i+1)
		for _, k := range found {
			if !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
			}
		}
	}
	if turns != nil {
		slices.Sort(kinds)
		ex.Warnings = append(ex.Warnings, fmt.Sprintf("%s: redacted words (%s)", turnList(turns), strings.Join(kinds, ", ")))
	}
}

// redactions returns the kinds of the marks in a text: a kind in brackets, or a
// run of signs. What is not known, such as [MUSIC], is no redaction.
func redactions(text string) []string {
	var kinds []string
	for i := 0; i < len(text); i++ {
		if !mayMark[text[i]] {
			continue
		}
		switch text[i] {
		case '[', '{', '<', "【"[0]:
			if kind := bracketKind(text[i:]); kind != "" {
				kinds = append(kinds, kind)
			}
		case '*', '#', 'x', 'X', "█"[0]:
			n, masks := signRun(text, i)
			if masks {
				kinds = append(kinds, "masked")
			}
			i += max(n-1, 0)
		}
		if len(kinds) > 1000 {
			break
		}
	}
	return kinds
}

// mayMark is the bytes that a mark may begin with.
var mayMark = byteSet("[{<*#xX", "【"[:1], "█"[:1])

// byteSet returns the bytes of some texts.
func byteSet(texts ...string) (set [256]bool) {
	for _, b := range []byte(strings.Join(texts, "")) {
		set[b] = true
	}
	return set
}

// brackets are the pairs that a mark may stand in, and what its name may be
// written in.
var brackets = []struct {
	open, shut string
	lower      bool
}{{"{{", "}}", true}, {"{", "}", true}, {"[", "]", false}, {"<", ">", false}, {"【", "】", false}}

const longestMark = 44

// bracketKind returns the kind of the mark that a text begins with.
func bracketKind(text string) string {
	for _, b := range brackets {
		rest, ok := strings.CutPrefix(text, b.open)
		if !ok {
			continue
		}
		end := strings.Index(rest[:min(len(rest), longestMark)], b.shut)
		if end < 1 {
			return ""
		}
		name := rest[:end]
		if b.lower {
			name = strings.ToUpper(name)
		}
		return kindOf(name)
	}
	return ""
}

// kindOf returns what a mark's name stands for: capitals and signs, or Chinese.
func kindOf(name string) string {
	for _, r := range name {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' && r != ' ' && !corpus.IsHan(r) {
			return ""
		}
	}
	for _, k := range redactionKinds {
		if hasPart(name, k[0]) {
			return k[1]
		}
	}
	return ""
}

// signRun returns the length in bytes of the run of equal signs at i, and whether
// it masks something: *** not after a letter, as in a swear word, ###, XXXX as a
// word, ██.
func signRun(text string, i int) (n int, masks bool) {
	sign := text[i : i+1]
	least := 3
	switch {
	case text[i]|0x20 == 'x':
		least = 4
	case text[i] >= utf8.RuneSelf:
		sign, least = "█", 2
	}
	for strings.HasPrefix(text[i+n:], sign) {
		n += len(sign)
	}
	if n < least*len(sign) {
		return n, false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+n:])
	letter := unicode.IsLetter(before)
	swear := sign == "*" && letter
	word := least == 4 && (letter || unicode.IsLetter(after))
	return n, !swear && !word
}

// hasPart reports whether a mark's name has that part: a whole word of it, or,
// in Chinese, anywhere.
func hasPart(name, part string) bool {
	if part[0] >= 0x80 {
		return strings.Contains(name, part)
	}
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '_' || r == '-' || r == ' ' || r >= '0' && r <= '9' }) {
		if word == part {
			return true
		}
	}
	return false
}
