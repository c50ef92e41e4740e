package features

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// Token is a surface token: a word or mark as prose sets it apart, or one Han
// character, with its byte span in the text.
type Token struct {
	corpus.Span
	Text string
}

// maxCached bounds the number of distinct chunks whose split is remembered.
const maxCached = 1 << 16

// tokenizer splits text into tokens and normalised words. It is not safe for
// concurrent use: every worker has its own, with its own cache.
type tokenizer struct {
	pieces map[string]chunk
	symbol func(string) symbol
}

// chunk is what one run of text without white space or Han characters splits
// into; offsets are relative to it.
type chunk struct {
	tokens [][2]int
	words  []piece
}

func newTokenizer(symbolOf func(string) symbol) *tokenizer {
	return &tokenizer{pieces: make(map[string]chunk), symbol: symbolOf}
}

// Tokens returns the tokens of a text. They do not overlap, stand in order and
// cover every byte that is not white space. Bytes that are not valid UTF-8
// count as one-byte tokens.
func Tokens(text string) []Token {
	t := newTokenizer(func(string) symbol { return 0 })
	var tokens []Token
	eachChunk(text, func(start, end int, kind chunkKind) {
		if kind != proseChunk {
			tokens = append(tokens, Token{corpus.Span{Start: start, End: end}, text[start:end]})
			return
		}
		for _, s := range t.chunk(text[start:end]).tokens {
			tokens = append(tokens, Token{corpus.Span{Start: start + s[0], End: start + s[1]}, text[start+s[0] : start+s[1]]})
		}
	})
	return tokens
}

type chunkKind uint8

const (
	proseChunk chunkKind = iota
	hanChunk
	badChunk
)

// eachChunk cuts a text at white space, around every Han character and around
// every byte that is not valid UTF-8, and cuts what is left to maxChunk bytes.
func eachChunk(text string, yield func(start, end int, kind chunkKind)) {
	start := 0
	flush := func(end int) {
		if start < end {
			yield(start, end, proseChunk)
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c == ' ' || c >= '\t' && c <= '\r' {
				flush(i)
				start = i + 1
			} else if i+1-start > maxChunk {
				flush(i)
				start = i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			flush(i)
			yield(i, i+1, badChunk)
			start = i + 1
		case corpus.IsHan(r) || wideMark(r):
			flush(i)
			yield(i, i+size, hanChunk)
			start = i + size
		case unicode.IsSpace(r):
			flush(i)
			start = i + size
		case i+size-start > maxChunk:
			flush(i)
			start = i
		}
		i += size
	}
	flush(len(text))
}

// wideMark reports whether r is punctuation of Chinese text, which stands
// without spaces around it.
func wideMark(r rune) bool {
	return r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff65 && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

func (t *tokenizer) chunk(s string) chunk {
	if c, ok := t.pieces[s]; ok {
		return c
	}
	if len(t.pieces) >= maxCached {
		clear(t.pieces)
	}
	s = strings.Clone(s)
	c := chunk{tokens: proseTokens(s)}
	for _, span := range c.tokens {
		c.words = appendPieces(c.words, s, span[0], span[1])
	}
	for i := range c.words {
		c.words[i].sym = t.symbol(c.words[i].norm)
	}
	t.pieces[s] = c
	return c
}

// words appends the text's normalised words to buf, fillers and stutters left
// out, each with the boundary that stands before it.
func (t *tokenizer) words(text string, buf []Word) []Word {
	pending := boundary(sentenceBreak)
	first := len(buf)
	add := func(p *piece, offset int) {
		switch p.kind {
		case markPiece:
			pending = max(pending, p.brk)
			return
		case fillerPiece:
			return
		}
		w := Word{Norm: p.norm, sym: p.sym, brk: pending}
		w.Start, w.End = offset+p.start, offset+p.end
		if n := len(buf); n > first && pending < sentenceBreak && stutters(buf[n-1].Norm, w.Norm) {
			buf[n-1].End = w.End
			return
		}
		buf = append(buf, w)
		pending = noBreak
	}
	eachChunk(text, func(start, end int, kind chunkKind) {
		switch kind {
		case proseChunk:
			c := t.chunk(text[start:end])
			for i := range c.words {
				add(&c.words[i], start)
			}
		case hanChunk:
			p := t.han(text[start:end])
			add(&p, start)
		}
	})
	return buf
}

func (t *tokenizer) han(s string) piece {
	if c, ok := t.pieces[s]; ok {
		return c.words[0]
	}
	p := hanPiece(strings.Clone(s))
	p.sym = t.symbol(p.norm)
	if len(t.pieces) < maxCached {
		t.pieces[strings.Clone(s)] = chunk{words: []piece{p}}
	}
	return p
}
