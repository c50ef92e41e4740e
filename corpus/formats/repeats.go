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
		end, size := sentenceEnd(text)
		piece := text[:end]
		text = text[end+size:]
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

// sentenceEnd returns where the first sentence ends and how many bytes its mark
// has; at the end of the text it has none.
func sentenceEnd(text string) (at, size int) {
	for i := 0; i < len(text); i++ {
		if !mayEnd[text[i]] {
			continue
		}
		switch c := text[i]; {
		case c == '.' || c == '!' || c == '?' || c == '\n':
			return i, 1
		case c >= 0xe3 && (strings.HasPrefix(text[i:], "。") || strings.HasPrefix(text[i:], "！") || strings.HasPrefix(text[i:], "？")):
			return i, len("。")
		}
	}
	return len(text), 0
}

// mayEnd is the bytes that the end of a sentence may begin with.
var mayEnd = byteSet(".!?\n", "。"[:1], "！"[:1])

// Rare parts of the phrases below, so that most turns need no closer look.
// Without one of stockHints, which begin with rare letters and so are found
// fast, none of stockKeys is there.
var (
	stockHints   = []string{"watching", "bscri", ".org", "xt video", "Words"}
	stockKeys    = []string{"watching", "ubscri", "mara.org", "next video", "astingWords"}
	stockKeysHan = []string{"观看", "收看", "字幕", "点赞", "點贊", "觀看"}
)

// stockPhrases are what Whisper is known to write on silence: the closing words
// of the videos and subtitles that it was trained on.
var stockPhrases = []string{"thanks for watching", "thank you for watching", "thank you so much for watching", "please subscribe", "like and subscribe",
	"subscribe to my channel", "subscribe to the channel", "forget to subscribe", "amara.org", "see you in the next video", "transcription by castingwords",
	"谢谢观看", "感谢观看", "感谢您的观看", "感谢大家的观看", "多谢您的观看", "謝謝觀看", "感謝觀看", "谢谢大家收看", "感谢收看",
	"字幕志愿者", "字幕由", "字幕提供", "请不吝点赞", "點贊訂閱", "点赞订阅", "点赞 订阅"}

func isStockPhrase(text string) bool {
	has := func(key string) bool { return strings.Contains(text, key) }
	if !(slices.ContainsFunc(stockHints, has) && slices.ContainsFunc(stockKeys, has)) && (text == "" || !isHanText(text) || !slices.ContainsFunc(stockKeysHan, has)) {
		return false
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(stockPhrases, has)
}

// isHanText tells by the first character beyond ASCII.
func isHanText(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return text[i] >= 0xe3
		}
	}
	return false
}
