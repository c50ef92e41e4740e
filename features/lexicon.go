package features

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
)

// lexicon remembers what the chunks of text split into, so that each is taken
// apart once, by whichever worker meets it first. Reading needs no lock. A
// full lexicon takes no more; calls that begin later use an empty one.
type lexicon struct {
	symbol func(string) symbol
	seed   maphash.Seed
	table  atomic.Pointer[[]atomic.Pointer[chunk]]
	chars  [lastChar - firstChar]atomic.Pointer[chunk]

	mu     sync.Mutex
	ids    map[string]int32 // of words, from 1
	chunks int
	bytes  int
	most   int // chunks
}

// The bounds of a lexicon, and the characters that are found by number.
const (
	maxChunks     = 1 << 17
	maxChunkBytes = 1 << 22
	firstChar     = 0x3000
	lastChar      = 0x10000
)

// chunk is what one run of text without white space or Han characters, or one
// Han character, splits into.
type chunk struct {
	text  string
	hash  uint64
	words []chunkWord
	after boundary // behind the last word
}

// chunkWord is a word of a chunk; its offsets are relative to the chunk.
type chunkWord struct {
	norm       string
	start, end int
	sym        symbol
	id         int32 // in the lexicon, or 0
	before     boundary
	doubles    bool // a second one behind it is a stutter
}

func newLexicon(symbolOf func(string) symbol) *lexicon {
	l := &lexicon{most: maxChunks, symbol: symbolOf, seed: maphash.MakeSeed(), ids: map[string]int32{}}
	table := make([]atomic.Pointer[chunk], 1<<11)
	l.table.Store(&table)
	return l
}

func (l *lexicon) full() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.chunks >= l.most || l.bytes >= maxChunkBytes
}

// chunk returns what a chunk that prose is to split amounts to.
func (l *lexicon) chunk(text string) *chunk {
	h := maphash.String(l.seed, text)
	if c := lookup(*l.table.Load(), h, text); c != nil {
		return c
	}
	text = strings.Clone(text)
	var pieces []piece
	for _, span := range proseTokens(text) {
		pieces = appendPieces(pieces, text, span[0], span[1])
	}
	return l.keep(&chunk{text: text, hash: h}, pieces)
}

// han returns what a Han character or a mark of Chinese text amounts to.
func (l *lexicon) han(r rune, text string) *chunk {
	if r >= lastChar {
		return l.farHan(text)
	}
	if c := l.chars[r-firstChar].Load(); c != nil {
		return c
	}
	text = strings.Clone(text)
	c := l.assemble(&chunk{text: text}, []piece{hanPiece(text)})
	l.chars[r-firstChar].Store(c)
	return c
}

// farHan finds the rare characters among the chunks.
func (l *lexicon) farHan(text string) *chunk {
	h := maphash.String(l.seed, text)
	if c := lookup(*l.table.Load(), h, text); c != nil {
		return c
	}
	text = strings.Clone(text)
	return l.keep(&chunk{text: text, hash: h}, []piece{hanPiece(text)})
}

func lookup(table []atomic.Pointer[chunk], h uint64, text string) *chunk {
	mask := uint64(len(table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if c := table[i].Load(); c == nil || c.hash == h && c.text == text {
			return c
		}
	}
}

// assemble gives a chunk its words.
func (l *lexicon) assemble(c *chunk, pieces []piece) *chunk {
	for _, p := range pieces {
		switch p.kind {
		case markPiece:
			c.after = max(c.after, p.brk)
		case wordPiece:
			c.words = append(c.words, chunkWord{norm: p.norm, start: p.start, end: p.end, sym: l.symbol(p.norm),
				id: l.id(p.norm), before: c.after, doubles: stutters(p.norm, p.norm)})
			c.after = noBreak
		}
	}
	return c
}

// id returns the word's number, or 0 for a new word when there are too many.
func (l *lexicon) id(word string) int32 {
	l.mu.Lock()
	defer l.mu.Unlock()
	id, ok := l.ids[word]
	if !ok && l.chunks < l.most {
		id = int32(len(l.ids) + 1)
		l.ids[word] = id
	}
	return id
}

// keep assembles a chunk and remembers it.
func (l *lexicon) keep(c *chunk, pieces []piece) *chunk {
	l.assemble(c, pieces)
	l.mu.Lock()
	defer l.mu.Unlock()
	table := *l.table.Load()
	if known := lookup(table, c.hash, c.text); known != nil {
		return known
	}
	if l.chunks >= l.most || l.bytes >= maxChunkBytes {
		return c
	}
	l.chunks++
	l.bytes += len(c.text)
	if 2*l.chunks > len(table) {
		larger := make([]atomic.Pointer[chunk], 2*len(table))
		for i := range table {
			if old := table[i].Load(); old != nil {
				insert(larger, old)
			}
		}
		table = larger
		l.table.Store(&table)
	}
	insert(table, c)
	return c
}

func insert(table []atomic.Pointer[chunk], c *chunk) {
	mask := uint64(len(table) - 1)
	i := c.hash & mask
	for table[i].Load() != nil {
		i = (i + 1) & mask
	}
	table[i].Store(c)
}
