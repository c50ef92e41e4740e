package formats

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"callscam/corpus"
)

// redactionMark finds what platforms put where they took words out: a kind in
// brackets, or a run of signs.
var redactionMark = regexp.MustCompile(`\[([A-Z][A-Z0-9_ -]{1,40})\]|\{\{?([A-Za-z][A-Za-z0-9_ -]{1,40})\}\}?|<([A-Z][A-Z0-9_-]{1,40})>|[\[【<]([\p{Han}]{2,8})[\]】>]|(?:^|[^\pL*])\*{3,}|#{3,}|█{2,}|\b[Xx]{4,}\b`)

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

// redactions returns the kinds of the marks in a text; one that is not known,
// such as [MUSIC], is no redaction.
func redactions(text string) []string {
	if !mayBeRedacted(text) {
		return nil
	}
	var kinds []string
	for _, m := range redactionMark.FindAllStringSubmatch(text, -1) {
		name := strings.ToUpper(m[1] + m[2] + m[3] + m[4])
		if name == "" {
			kinds = append(kinds, "masked")
			continue
		}
		for _, k := range redactionKinds {
			if hasPart(name, k[0]) {
				kinds = append(kinds, k[1])
				break
			}
		}
	}
	return kinds
}

// mayBeRedacted is a quick look for what a mark begins with.
func mayBeRedacted(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '{', '<', '#', '*':
			return true
		case 'x', 'X':
			if strings.HasPrefix(text[i+1:], "xxx") || strings.HasPrefix(text[i+1:], "XXX") {
				return true
			}
		case "█"[0]:
			if strings.HasPrefix(text[i:], "█") {
				return true
			}
		case "【"[0]:
			if strings.HasPrefix(text[i:], "【") {
				return true
			}
		}
	}
	return false
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
