package features

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// Word is a normalised word or Han character with its byte span: lower case,
// contractions written out, spoken noise gone. Rules and terms read words.
type Word struct {
	corpus.Span
	Norm string
	sym  symbol
	id   int32 // in the lexicon that read it, or 0
	brk  boundary
}

// boundary is what stands between a word and the one before it.
type boundary uint8

const (
	noBreak boundary = iota
	clauseBreak
	sentenceBreak
)

type pieceKind uint8

const (
	wordPiece pieceKind = iota
	fillerPiece
	markPiece
)

// piece is a word, filler or mark inside a chunk.
type piece struct {
	norm       string
	start, end int
	kind       pieceKind
	brk        boundary
}

var fillers = set("um umm uh uhh er erm ehm hmm hm mm mmm mhm uhm ah eh 呃 嗯 啊 哎 诶 欸 哦 噢 喔 呀 哈")

// contractions are written out, so that a rule needs to know one form only.
// The recogniser's forms without apostrophe count too, where they cannot be
// another word.
var contractions = pairs(`n't=not 'll='ll=will 're=are 'm=am 's=is 've=have 'd=would
	wo=will ca=can sha=shall cannot=can+not gonna=going+to wanna=want+to gotta=got+to lemme=let+me gimme=give+me
	i've=i+have you've=you+have we've=we+have they've=they+have i'd=i+would you'd=you+would we'd=we+would
	he'd=he+would she'd=she+would they'd=they+would y'all=you+all 'em=them ok=okay
	dont=do+not doesnt=does+not didnt=did+not wont=will+not cant=can+not couldnt=could+not wouldnt=would+not
	shouldnt=should+not isnt=is+not arent=are+not wasnt=was+not werent=were+not havent=have+not hasnt=has+not
	hadnt=had+not mustnt=must+not neednt=need+not im=i+am youre=you+are theyre=they+are ive=i+have youve=you+have
	weve=we+have theyve=they+have youll=you+will theyll=they+will thats=that+is whats=what+is theres=there+is
	dunno=do+not+know e-mail=email pls=please ur=your`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

func pairs(s string) map[string][]string {
	m := map[string][]string{}
	for _, w := range strings.Fields(s) {
		i := strings.LastIndexByte(w, '=')
		m[strings.SplitN(w, "=", 2)[0]] = strings.Split(w[i+1:], "+")
	}
	return m
}

// appendPieces adds what the token s[start:end] says: words without marks.
func appendPieces(out []piece, s string, start, end int) []piece {
	if isAcronym(s[start:end]) {
		norm := strings.ToLower(strings.ReplaceAll(s[start:end], ".", ""))
		return append(out, piece{norm: norm, start: start, end: end})
	}
	at := start
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(s[i:end])
		if inWord(r) || r == '.' && i > start && i+1 < end && s[i+1] >= '0' && s[i+1] <= '9' ||
			r == ',' && i > start && i+1 < end && s[i+1] >= '0' && s[i+1] <= '9' {
			i += size
			continue
		}
		out = appendWord(out, s, at, i)
		inner := i > start && i+size < end
		out = appendMark(out, r, i, i+size, inner)
		i += size
		at = i
	}
	return appendWord(out, s, at, end)
}

func isAcronym(s string) bool {
	if len(s) < 4 || len(s)%2 != 0 {
		return false
	}
	for i := 0; i < len(s); i += 2 {
		if c := s[i] | 0x20; c < 'a' || c > 'z' || s[i+1] != '.' {
			return false
		}
	}
	return true
}

func inWord(r rune) bool {
	return r == '\'' || r == '\u2019' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// appendMark keeps what a mark says aloud ($, an address's dot) and what it
// separates.
func appendMark(out []piece, r rune, start, end int, inner bool) []piece {
	if word := spokenMarks[r]; word != "" && (inner || r != '.') {
		return append(out, piece{norm: word, start: start, end: end})
	}
	p := piece{start: start, end: end, kind: markPiece}
	switch r {
	case '.', '!', '?', ';', '…', '。', '！', '？', '；', '．', '｡':
		p.brk = sentenceBreak
	case ',', ':', '，', '：', '—', '–':
		p.brk = clauseBreak
	}
	return append(out, p)
}

var spokenMarks = map[rune]string{'$': "dollars", '£': "pounds", '€': "euros", '₹': "rupees", '¥': "元", '￥': "元",
	'%': "percent", '@': "at", '.': "dot"}

func appendWord(out []piece, s string, start, end int) []piece {
	if start >= end {
		return out
	}
	norm := strings.ToLower(strings.ReplaceAll(s[start:end], "\u2019", "'"))
	norm = strings.Map(halfWidth, norm)
	if long, ok := contractions[norm]; ok {
		for _, w := range long {
			out = append(out, piece{norm: w, start: start, end: end})
		}
		return out
	}
	if trimmed := strings.Trim(norm, "'"); trimmed != norm && !strings.HasPrefix(norm, "'") {
		norm = trimmed
	}
	if norm = strings.TrimPrefix(norm, "'"); norm == "" {
		return out
	}
	if fillers[norm] {
		return append(out, piece{start: start, end: end, kind: fillerPiece})
	}
	if norm == "n't" {
		norm = "not"
	}
	return append(out, piece{norm: norm, start: start, end: end})
}

// halfWidth folds the full-width forms of ASCII.
func halfWidth(r rune) rune {
	if r >= 0xff01 && r <= 0xff5e {
		return unicode.ToLower(r - 0xfee0)
	}
	return r
}

// hanPiece is a Han character or a mark of Chinese text.
func hanPiece(s string) piece {
	r, _ := utf8.DecodeRuneInString(s)
	if !corpus.IsHan(r) {
		return appendMark(nil, r, 0, len(s), true)[0]
	}
	if fillers[s] {
		return piece{end: len(s), kind: fillerPiece}
	}
	return piece{norm: hanNorm(s), end: len(s)}
}

// Doubled in haste rather than on purpose: English words, and the Chinese
// pronouns and particles that no word doubles.
var stutterHan = set("我 您 你 他 她 那 这 是 的 就 把 在 有 请")

func stutters(before, word string) bool {
	if before != word || word[0] >= '0' && word[0] <= '9' {
		return false
	}
	if word[0] < utf8.RuneSelf {
		return len(word) > 1 || word == "i" || word == "a"
	}
	return stutterHan[word]
}
