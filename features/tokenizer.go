package features

import (
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

// Tokens returns the tokens of a text. They do not overlap, stand in order and
// cover every byte that is not white space. Bytes that are not valid UTF-8
// count as one-byte tokens.
func Tokens(text string) []Token {
	known := map[string][][2]int{}
	var tokens []Token
	for cut := (cutter{text: text}); ; {
		c := cut.next()
		switch c.kind {
		case noChunk:
			return tokens
		case proseChunk:
			said := text[c.start:c.end]
			spans, ok := known[said]
			if !ok {
				spans = proseTokens(said)
				known[said] = spans
			}
			for _, s := range spans {
				tokens = append(tokens, Token{corpus.Span{Start: c.start + s[0], End: c.start + s[1]}, said[s[0]:s[1]]})
			}
		default:
			tokens = append(tokens, Token{corpus.Span{Start: c.start, End: c.end}, text[c.start:c.end]})
		}
	}
}

type chunkKind uint8

const (
	noChunk chunkKind = iota // behind the last
	proseChunk
	hanChunk
	badChunk
)

// cutter cuts a text at white space, around every Han character and around
// every byte that is not valid UTF-8, and cuts what is left to maxChunk bytes.
type cutter struct {
	text string
	at   int
}

type cutting struct {
	start, end int
	kind       chunkKind
	char       rune // hanChunk
}

// next returns the next chunk.
func (c *cutter) next() cutting {
	text, start, i := c.text, c.at, c.at
	for i < len(text) {
		b := text[i]
		if b > ' ' && b < utf8.RuneSelf && i-start < maxChunk {
			i++
			continue
		}
		size, kind, r := 1, noChunk, rune(b)
		if b >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				kind = badChunk
			case corpus.IsHan(r) || wideMark(r):
				kind = hanChunk
			}
		}
		space := kind == noChunk && (b == ' ' || b >= '\t' && b <= '\r' || b >= utf8.RuneSelf && unicode.IsSpace(r))
		switch {
		case start == i && space:
			i += size
			start = i
		case start == i && kind != noChunk:
			c.at = i + size
			return cutting{i, i + size, kind, r}
		case kind != noChunk || space || i+size-start > maxChunk:
			c.at = i
			return cutting{start, i, proseChunk, 0}
		default:
			i += size
		}
	}
	c.at = i
	if start < i {
		return cutting{start, i, proseChunk, 0}
	}
	return cutting{}
}

// wideMark reports whether r is punctuation of Chinese text, which stands
// without spaces around it.
func wideMark(r rune) bool {
	return r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff65 && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// tokenizer turns texts into normalised words. It is not safe for concurrent
// use.
type tokenizer struct {
	lex     *lexicon
	buf     []Word
	first   int      // of the text's words in buf
	pending boundary // before the next word
}

// words appends the text's normalised words to buf, fillers and stutters left
// out, each with the boundary that stands before it.
func (t *tokenizer) words(text string, buf []Word) []Word {
	t.buf, t.first, t.pending = buf, len(buf), sentenceBreak
	for cut := (cutter{text: text}); ; {
		switch c := cut.next(); c.kind {
		case noChunk:
			return t.buf
		case proseChunk:
			t.add(t.lex.chunk(text[c.start:c.end]), c.start)
		case hanChunk:
			t.add(t.lex.han(c.char, text[c.start:c.end]), c.start)
		}
	}
}

func (t *tokenizer) add(c *chunk, offset int) {
	for i := range c.words {
		w := &c.words[i]
		t.pending = max(t.pending, w.before)
		if n := len(t.buf); n > t.first && t.pending < sentenceBreak && w.doubles && t.buf[n-1].is(w) {
			t.buf[n-1].End = offset + w.end
			continue
		}
		t.buf = append(t.buf, Word{Span: corpus.Span{Start: offset + w.start, End: offset + w.end},
			Norm: w.norm, sym: w.sym, id: w.id, brk: t.pending})
		t.pending = noBreak
	}
	t.pending = max(t.pending, c.after)
}

// is reports whether w is the same word.
func (v *Word) is(w *chunkWord) bool {
	if v.id != 0 && w.id != 0 {
		return v.id == w.id
	}
	return v.Norm == w.norm
}
