package features

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// The pattern language, in full:
//
//	word    that word, as normalised (lower case, contractions written out)
//	word*   any word that starts so
//	屏      that Han character; spaces between Han characters mean nothing
//	#       a number in digits
//	@       a single letter
//	<name>  a word class of classes.txt
//	( | )   alternatives
//	?       the item before it may be missing
//	..N     at most N words of any kind (.. alone: 3)
//
// A pattern never reaches over the end of a sentence; commas, fillers and
// doubled words do not count.
type node struct {
	op   nodeOp
	text string  // opWord, opPrefix, opClass
	gap  int     // opGap
	subs []*node // opSeq, opAlt, opMaybe
}

type nodeOp uint8

const (
	opSeq nodeOp = iota
	opAlt
	opMaybe
	opWord
	opPrefix
	opNumber
	opLetter
	opClass
	opGap
)

const (
	defaultGap = 3
	maxGap     = 12
	maxDepth   = 8
)

type patternParser struct {
	s     string
	at    int
	depth int
}

func parsePattern(s string) (*node, error) {
	p := &patternParser{s: s}
	n, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	if p.at < len(p.s) {
		return nil, fmt.Errorf("unexpected %q", p.s[p.at:])
	}
	return n, nil
}

func (p *patternParser) space() {
	for p.at < len(p.s) && (p.s[p.at] == ' ' || p.s[p.at] == '\t') {
		p.at++
	}
}

func (p *patternParser) alternatives() (*node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, fmt.Errorf("more than %d levels of brackets", maxDepth)
	}
	defer func() { p.depth-- }()
	alt := &node{op: opAlt}
	for {
		from := p.at
		seq, err := p.sequence()
		if err != nil {
			return nil, err
		}
		if len(seq.subs) == 0 {
			return nil, fmt.Errorf("an empty alternative: write ? after the item that may be missing")
		}
		if seq.mayBeEmpty() && p.depth > 1 {
			return nil, fmt.Errorf("%q may be missing as a whole: ? stands behind an item, not a letter; write (payment|payments), or ? after the bracket", p.s[from:p.at])
		}
		alt.subs = append(alt.subs, seq)
		if p.at >= len(p.s) || p.s[p.at] != '|' {
			break
		}
		p.at++
	}
	if len(alt.subs) == 1 {
		return alt.subs[0], nil
	}
	return alt, nil
}

// mayBeEmpty reports whether every item of a sequence is optional.
func (n *node) mayBeEmpty() bool {
	for _, sub := range n.subs {
		if sub.op != opMaybe {
			return false
		}
	}
	return true
}

func (p *patternParser) sequence() (*node, error) {
	seq := &node{op: opSeq}
	for {
		p.space()
		if p.at >= len(p.s) || p.s[p.at] == '|' || p.s[p.at] == ')' {
			return seq, nil
		}
		item, err := p.item()
		if err != nil {
			return nil, err
		}
		if p.at < len(p.s) && p.s[p.at] == '?' {
			p.at++
			item = &node{op: opMaybe, subs: []*node{item}}
		}
		seq.subs = append(seq.subs, item)
	}
}

func (p *patternParser) item() (*node, error) {
	rest := p.s[p.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == '(':
		return p.group()
	case r == '<':
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			return nil, fmt.Errorf("%q: want <name>", rest)
		}
		p.at += end + 1
		return &node{op: opClass, text: rest[1:end]}, nil
	case strings.HasPrefix(rest, ".."):
		return p.gapItem()
	case r == '#':
		p.at++
		return &node{op: opNumber}, nil
	case r == '@':
		p.at++
		return &node{op: opLetter}, nil
	case corpus.IsHan(r):
		p.at += size
		return &node{op: opWord, text: hanNorm(rest[:size])}, nil
	case inWord(r):
		return p.word()
	}
	return nil, fmt.Errorf("unexpected %q", rest)
}

func (p *patternParser) group() (*node, error) {
	p.at++
	n, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	if p.at >= len(p.s) || p.s[p.at] != ')' {
		return nil, fmt.Errorf("a ( without its )")
	}
	p.at++
	return &node{op: opSeq, subs: []*node{n}}, nil
}

func (p *patternParser) gapItem() (*node, error) {
	p.at += 2
	start := p.at
	for p.at < len(p.s) && p.s[p.at] >= '0' && p.s[p.at] <= '9' {
		p.at++
	}
	n := defaultGap
	if start < p.at {
		n, _ = strconv.Atoi(p.s[start:p.at])
	}
	if n < 1 || n > maxGap {
		return nil, fmt.Errorf("gap of %d words: want 1 to %d", n, maxGap)
	}
	return &node{op: opGap, gap: n}, nil
}

func (p *patternParser) word() (*node, error) {
	start := p.at
	for p.at < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[p.at:])
		if !inWord(r) || corpus.IsHan(r) {
			break
		}
		p.at += size
	}
	w := p.s[start:p.at]
	if w != strings.ToLower(w) {
		return nil, fmt.Errorf("%q: want lower case", w)
	}
	if p.at < len(p.s) && p.s[p.at] == '*' {
		p.at++
		return &node{op: opPrefix, text: w}, nil
	}
	if fillers[w] || contractions[w] != nil || strings.Contains(w, "'") {
		if err := oneWord(w); err != nil {
			return nil, err
		}
	}
	return &node{op: opWord, text: w}, nil
}

// oneWord refuses what never reaches a pattern as one word.
func oneWord(w string) error {
	var pieces []piece
	for _, span := range proseTokens(w) {
		pieces = appendPieces(pieces, w, span[0], span[1])
	}
	if len(pieces) == 1 && pieces[0].norm == w {
		return nil
	}
	return fmt.Errorf("%q never occurs as one word: %s", w, wordHint(pieces))
}

func wordHint(pieces []piece) string {
	var norms []string
	for _, p := range pieces {
		if p.kind == wordPiece {
			norms = append(norms, p.norm)
		}
	}
	if len(norms) == 0 {
		return "fillers are passed over"
	}
	return fmt.Sprintf("write %q", strings.Join(norms, " "))
}

// atEdge reports whether a pattern can start or end with a gap, which would
// make its span meaningless.
func (n *node) gapAtEdge(first bool) bool {
	switch n.op {
	case opGap:
		return true
	case opSeq:
		for i := range n.subs {
			sub := n.subs[i]
			if !first {
				sub = n.subs[len(n.subs)-1-i]
			}
			if sub.gapAtEdge(first) {
				return true
			}
			if sub.op != opMaybe {
				return false
			}
		}
		return false
	}
	for _, sub := range n.subs {
		if sub.gapAtEdge(first) {
			return true
		}
	}
	return false
}

// width returns the least and the most words that a pattern spans.
func (n *node) width(classes map[string]*node) (least, most int) {
	switch n.op {
	case opSeq:
		for _, sub := range n.subs {
			l, m := sub.width(classes)
			least, most = least+l, most+m
		}
	case opAlt:
		for i, sub := range n.subs {
			l, m := sub.width(classes)
			if i == 0 || l < least {
				least = l
			}
			most = max(most, m)
		}
	case opMaybe:
		_, most = n.subs[0].width(classes)
	case opGap:
		most = n.gap
	case opClass:
		if c := classes[n.text]; c != nil {
			return c.width(classes)
		}
	default:
		return 1, 1
	}
	return least, most
}

func isNumberWord(w string) bool {
	digits := 0
	for _, r := range w {
		if unicode.IsDigit(r) {
			digits++
		} else if r != '.' && r != ',' {
			return false
		}
	}
	return digits > 0
}
