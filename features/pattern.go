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
	text string  // opWord, opPrefix, opClass
	subs []*node // opSeq, opAlt, opMaybe
	gap  int16   // opGap
	op   nodeOp

	facts nodeFacts
	class *classFacts
}

// nodeFacts is what is asked of a node again and again while patterns are
// compiled. The parser leaves it empty.
type nodeFacts struct {
	known       bool
	gap         bool  // see hasGap
	divides     bool  // see divides
	phrases     bool  // opClass: some member has more than one word
	least, most int16 // at most manyWords
	leaves      int32 // words and classes in it, those of its classes too; at most manyLeaves
}

// What is larger is as good as endless: it is refused, and must not wrap.
const (
	manyWords  = 1 << 12
	manyLeaves = 1 << 24
)

// classFacts is the single words of a class, and its other members.
type classFacts struct {
	words []string
	rest  []*node
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
	open  []*node // of sequences and alternatives that have not ended
	nodes []node  // allocated and not used yet
	lists []*node
}

// node returns a new node.
func (p *patternParser) node(n node) *node {
	if len(p.nodes) == 0 {
		p.nodes = make([]node, 4+(len(p.s)-p.at)/5)
	}
	fresh := &p.nodes[0]
	p.nodes = p.nodes[1:]
	*fresh = n
	return fresh
}

// close returns what was opened behind the first from.
func (p *patternParser) close(from int) []*node {
	n := len(p.open) - from
	if n > len(p.lists) {
		p.lists = make([]*node, n+4+(len(p.s)-p.at)/4)
	}
	list := p.lists[:n:n]
	p.lists = p.lists[n:]
	copy(list, p.open[from:])
	p.open = p.open[:from]
	return list
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
	first := len(p.open)
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
		p.open = append(p.open, seq)
		if p.at >= len(p.s) || p.s[p.at] != '|' {
			break
		}
		p.at++
	}
	subs := p.close(first)
	if len(subs) == 1 {
		return subs[0], nil
	}
	return p.node(node{op: opAlt, subs: subs}), nil
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
	first := len(p.open)
	for {
		p.space()
		if p.at >= len(p.s) || p.s[p.at] == '|' || p.s[p.at] == ')' {
			return p.node(node{op: opSeq, subs: p.close(first)}), nil
		}
		item, err := p.item()
		if err != nil {
			return nil, err
		}
		if p.at < len(p.s) && p.s[p.at] == '?' {
			p.at++
			p.open = append(p.open, item)
			item = p.node(node{op: opMaybe, subs: p.close(len(p.open) - 1)})
		}
		p.open = append(p.open, item)
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
		return p.node(node{op: opClass, text: rest[1:end]}), nil
	case strings.HasPrefix(rest, ".."):
		return p.gapItem()
	case r == '#':
		p.at++
		return p.node(node{op: opNumber}), nil
	case r == '@':
		p.at++
		return p.node(node{op: opLetter}), nil
	case corpus.IsHan(r):
		p.at += size
		return p.node(node{op: opWord, text: hanNorm(rest[:size])}), nil
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
	p.open = append(p.open, n)
	return p.node(node{op: opSeq, subs: p.close(len(p.open) - 1)}), nil
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
	return p.node(node{op: opGap, gap: int16(n)}), nil
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
		return p.node(node{op: opPrefix, text: w}), nil
	}
	if fillers[w] || contractions[w] != nil || strings.Contains(w, "'") {
		if err := oneWord(w); err != nil {
			return nil, err
		}
	}
	return p.node(node{op: opWord, text: w}), nil
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
	f := n.learn(classes)
	return int(f.least), int(f.most)
}

// learn works the facts of a node out, once. It must not be called by two
// goroutines at the same time.
func (n *node) learn(classes map[string]*node) *nodeFacts {
	f := &n.facts
	if f.known {
		return f
	}
	f.known = true
	for i, sub := range n.subs {
		s := sub.learn(classes)
		f.gap, f.divides = f.gap || s.gap, f.divides || s.divides
		f.leaves = min(f.leaves+s.leaves, manyLeaves)
		switch {
		case n.op == opSeq:
			f.least, f.most = min(f.least+s.least, manyWords), min(f.most+s.most, manyWords)
		case n.op == opAlt:
			if i == 0 || s.least < f.least {
				f.least = s.least
			}
			f.most = max(f.most, s.most)
		default:
			f.most = s.most
		}
	}
	switch n.op {
	case opSeq, opAlt, opMaybe:
	case opGap:
		f.most, f.gap, f.divides = n.gap, true, true
	case opClass:
		if c := classes[n.text]; c != nil {
			s := c.learn(classes)
			f.least, f.most, f.gap, f.leaves = s.least, s.most, s.gap, s.leaves
			f.phrases = isPhrases(c)
			f.divides = f.gap || f.phrases
		}
	default:
		f.least, f.most, f.leaves = 1, 1, 1
	}
	return f
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
