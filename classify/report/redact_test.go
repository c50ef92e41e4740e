package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"callscam/classify"
	"callscam/corpus"
)

func TestRedact(t *testing.T) {
	// What stands between ‹ and › must be masked, and nothing else.
	for _, text := range []string{
		"my card is ‹4111 1111 1111 1111› and the code on the back is ‹123›",
		"account ‹12-34-56 12345678›, thanks",
		"call me on +‹44 20 7946 0018› or (‹020) 7946 0018›",
		"the code is ‹482913›.",
		"it says G-‹482913› there",
		"read me ‹four one one two› please",
		"it is ‹four, um, one one to two› okay",
		"‹double seven, eight, triple nine› and my name is Ann",
		"‹nineteen eighty four› was the year",
		"national insurance ‹QQ123456C›",
		"write to ‹jo.smith+x@example.co.uk› today",
		"it is ‹j dot smith at example dot com› all lower case",
		"go to ‹https://secure-bank.example/login?x=1› now",
		"go to ‹secure-bank.com/refund› now",
		"open ‹www.refund.example›",
		"type ‹w w w dot refund dot com slash claim› and press enter",
		"验证码是‹482913›，别告诉别人",
		"验证码‹一二三四五六›对吧",
		"我的卡号‹六二二二 零二〇〇 一一一二›没错",
		"身份证‹11010119900307123X›",
		"手机‹幺三八零零幺三八零零零›",
		"打‹１３８００１３８０００›",
		"登录‹www.baidu.com›就行",
		"打开，‹安全点com›就行",
		"邮箱是‹abc@qq.com›",
		"‹٤١١٢ ٣٣٤٤›",
		"‹forty two›",
		"‹seven.›", // a turn of nothing but digits
		"‹四›。",
		"pay $12,500 now, or 300 dollars, or £250.50",
		"转五千元，也就是5000元，在2024年，三万二千",
		"at 10:30, twenty five people and two hundred fifty more",
		"oh oh oh what a day, to to to",
		"one or two of the three",
		"第一，第二个人，一个一个来",
		"", "\xff\xfe",
	} {
		plain := strings.NewReplacer("‹", "", "›", "").Replace(text)
		want, inside := "", false
		for _, r := range text {
			switch {
			case r == '‹':
				inside = true
			case r == '›':
				inside = false
			case inside:
				want += strings.Repeat("*", utf8.RuneLen(r))
			default:
				want += string(r)
			}
		}
		if !utf8.ValidString(text) {
			want = text
		}
		if got := Redact(plain); got != want && !trimmed(got, want) {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// trimmed allows marks at a turn's end to stay.
func trimmed(got, want string) bool {
	return strings.TrimRight(got, ".。*") == strings.TrimRight(want, ".。*") && strings.Count(got, "*") > 0
}

// FuzzRedact: length and valid text stay, and no number of eight digits or
// more gets through.
func FuzzRedact(f *testing.F) {
	for _, s := range []string{"4111 1111 1111 1111", "pay 100 to a@b.com", "一二三四", "\xff1234567890", "$12345678"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Redact(text)
		if len(got) != len(text) || utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Fatalf("%q became %q", text, got)
		}
		run := 0
		for i := range len(got) {
			switch c := got[i]; {
			case c >= '0' && c <= '9':
				run++
			case c != ' ' && c != '-':
				run = 0
			}
			if run > mostAmount {
				t.Fatalf("%q became %q", text, got)
			}
		}
	})
}

func TestRedacted(t *testing.T) {
	text := "move it to account 12345678 with code 四一一二 now"
	call := &corpus.Example{Notes: []corpus.TacticNote{{Quote: "account 12345678"}},
		Transcript: corpus.Transcript{ID: "07700 900123", Turns: []corpus.Turn{{Speaker: "+44 7700 900123", Text: text}}}}
	at := strings.Index(text, "345")
	r := &classify.Result{Evidence: []classify.Evidence{{Turn: 1, Start: at, End: len(text), Quote: text[at:]}},
		Contributions: []classify.Contribution{{Feature: "term: four one"}, {Feature: "term: 一二"}, {Feature: "three stages"}}}
	c, got := Redacted(call, r)
	if q := got.Evidence[0].Quote; q != "****** with code ************ now" || q != c.Turns[0].Text[at:] {
		t.Errorf("quote %q, text %q", q, c.Turns[0].Text)
	}
	if s := c.Turns[0].Speaker; strings.ContainsAny(s, "0123456789") {
		t.Errorf("speaker %q", s)
	}
	if f := got.Contributions; f[0].Feature != "term: ********" || f[1].Feature != "term: ******" || f[2].Feature != "three stages" {
		t.Errorf("features %v", f)
	}
	if q := c.Notes[0].Quote; q != "account ********" || c.ID != call.ID {
		t.Errorf("note %q of %q", q, c.ID)
	}
	if call.Turns[0].Text != text || r.Evidence[0].Quote != text[at:] || r.Contributions[0].Feature != "term: four one" {
		t.Error("the arguments were changed")
	}
}
