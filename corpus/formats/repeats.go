package formats

import (
	"slices"
	"strings"
	"unicode/utf8"

	"callscam/corpus"
)

// flagJunk warns of what recognisers write where nobody spoke. Nothing is
// dropped: people say such things too, and the offsets must stay.
func flagJunk(ex *corpus.Example) {
	var repeated, stock []int
	for i := range ex.Turns {
		if repeatsBefore(ex.Turns, i) || repeatsInside(ex.Turns[i].Text) {
			repeated = append(repeated, i+1)
		}
		if isStockPhrase(ex.Turns[i].Text) {
			stock = append(stock, i+1)
		}
	}
	if repeated != nil {
		ex.Warnings = append(ex.Warnings, turnList(repeated)+": the same line three times or more, as recognisers write on silence")
	}
	if stock != nil {
		ex.Warnings = append(ex.Warnings, turnList(stock)+": a phrase that recognisers make up on silence")
	}
}

// repeatsBefore reports whether turn i ends or stands in a run of three or more
// like it.
func repeatsBefore(turns []corpus.Turn, i int) bool {
	same := func(j int) bool {
		return j >= 0 && j < len(turns) && turns[j].Speaker == turns[i].Speaker && turns[j].Text == turns[i].Text
	}
	if turns[i].Text == "" || !same(i-1) && !same(i+1) {
		return false
	}
	return same(i-1) && (same(i-2) || same(i+1)) || same(i+1) && same(i+2)
}

// shortestRepeat is the length in characters from which a sentence said three
// times over counts: people do say "no. no. no."
const shortestRepeat = 6

// repeatsInside reports whether one sentence stands three times in a row.
func repeatsInside(text string) bool {
	if len(text) < 3*shortestRepeat {
		return false
	}
	before, run := "", 1
	for len(text) > 0 {
		piece, rest := cutSentence(text)
		text = rest
		if piece = strings.TrimSpace(piece); piece == "" {
			continue
		}
		if piece != before {
			before, run = piece, 1
			continue
		}
		if run++; run >= 3 && utf8.RuneCountInString(piece) >= shortestRepeat {
			return true
		}
	}
	return false
}

// cutSentence is what strings.IndexAny would do for the marks that end a
// sentence, many times faster with marks outside ASCII.
func cutSentence(text string) (sentence, rest string) {
	for i, r := range text {
		switch r {
		case '.', '!', '?', '\n', '。', '！', '？':
			return text[:i], text[i+utf8.RuneLen(r):]
		}
	}
	return text, ""
}

// stockKeys are rare parts of the phrases below, so that most turns need no
// closer look.
var stockKeys = []string{"atching", "ubscri", "mara.org", "next video", "astingWords", "观看", "收看", "字幕", "点赞", "點贊", "觀看"}

// stockPhrases are what Whisper is known to write on silence: the closing words
// of the videos and subtitles that it was trained on.
var stockPhrases = []string{"thanks for watching", "thank you for watching", "thank you so much for watching", "please subscribe", "like and subscribe",
	"subscribe to my channel", "subscribe to the channel", "forget to subscribe", "amara.org", "see you in the next video", "transcription by castingwords",
	"谢谢观看", "感谢观看", "感谢您的观看", "感谢大家的观看", "多谢您的观看", "謝謝觀看", "感謝觀看", "谢谢大家收看", "感谢收看",
	"字幕志愿者", "字幕由", "字幕提供", "请不吝点赞", "點贊訂閱", "点赞订阅", "点赞 订阅"}

func isStockPhrase(text string) bool {
	if !slices.ContainsFunc(stockKeys, func(key string) bool { return strings.Contains(text, key) }) {
		return false
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(stockPhrases, func(p string) bool { return strings.Contains(text, p) })
}
