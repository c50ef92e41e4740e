package features

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

//go:embed tactics
var embedded embed.FS

// Catalog is the ordered set of tactics and cues with their compiled rules. It
// is immutable and safe for concurrent use.
type Catalog struct {
	Tactics []*Tactic // in the order of their IDs; cues last
	Digest  string    // hex SHA-256 of all that can change evidence

	files  []string
	owner  []int // by rule: index into Tactics
	prog   *program
	byName map[string]int
	lex    atomic.Pointer[lexicon]
}

// Default returns the catalog that ships with the program.
var Default = sync.OnceValues(func() (*Catalog, error) {
	sub, err := fs.Sub(embedded, "tactics")
	if err != nil {
		return nil, err
	}
	s, err := readSources(sub)
	if err != nil {
		return nil, err
	}
	ready := make(chan *compiled, 1)
	go func() { ready <- readCompiled(compiledFile, s.digest()) }()
	c, err := s.catalog(parseTactic)
	if err != nil {
		return nil, err
	}
	if done := <-ready; done != nil && done.rules == len(c.owner) {
		c.prog, c.Digest = done.prog, done.digest
		return c, nil
	}
	return LoadCatalog(sub)
})

// LoadCatalog reads all *.tactic files of a folder, and its classes.txt.
// Errors begin with "file:line:".
func LoadCatalog(dir fs.FS) (*Catalog, error) {
	s, err := readSources(dir)
	if err != nil {
		return nil, err
	}
	classes, err := loadClasses(s.classes)
	if err != nil {
		return nil, err
	}
	c, err := s.catalog(func(file, text string) (*Tactic, error) { return parseRules(file, text, classes) })
	if err != nil {
		return nil, err
	}
	return c, c.compile(classes)
}

// catalog returns the tactics of all rule files, as parse reads them.
func (s *sources) catalog(parse func(file, text string) (*Tactic, error)) (*Catalog, error) {
	c := &Catalog{byName: map[string]int{}}
	tactics := make([]*Tactic, len(s.files))
	err := inParallel(len(tactics), func(i int) (err error) {
		tactics[i], err = parse(s.files[i].name, s.files[i].text)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, cues := range []bool{false, true} {
		for i, t := range tactics {
			if (t.Kind == Cue) == cues {
				c.Tactics, c.files = append(c.Tactics, t), append(c.files, s.files[i].name)
			}
		}
		if len(c.Tactics) == 0 {
			return nil, fmt.Errorf("no *.tactic files")
		}
	}
	for i, t := range c.Tactics {
		if _, taken := c.byName[t.Name]; taken {
			return nil, fmt.Errorf("%s: the name %q is taken", c.files[i], t.Name)
		}
		c.byName[t.Name] = i
		for range t.Rules {
			c.owner = append(c.owner, i)
		}
	}
	return c, nil
}

// compile makes the catalog's program of the rules' patterns.
func (c *Catalog) compile(classes map[string]*node) error {
	var ways [][]chain
	var all bytes.Buffer
	for _, t := range c.Tactics {
		fmt.Fprintln(&all, t.ID, t.Name, t.Kind, t.Stage, t.Strength, t.Damning, t.Effect, t.Reach)
		ways = append(ways, t.ways...)
		t.ways = nil // the program has what it needs of them
		for _, r := range t.Rules {
			all.WriteString(r.Pattern)
			all.WriteByte('\n')
		}
	}
	for _, name := range sortedKeys(classes) {
		fmt.Fprintln(&all, name, classes[name].key())
	}
	prog, err := compile(ways, classes, c.commonWords())
	if err != nil {
		return err
	}
	c.prog = prog
	sum := sha256.Sum256(all.Bytes())
	c.Digest = hex.EncodeToString(sum[:])
	return nil
}

// commonWords counts the words of the catalog's own examples.
func (c *Catalog) commonWords() map[string]int {
	count := map[string]int{}
	for _, t := range c.Tactics {
		for _, ex := range t.Examples {
			if ex.Lang == "zh" {
				for at, size := 0, 0; at < len(ex.Text); at += size {
					_, size = utf8.DecodeRuneInString(ex.Text[at:])
					count[ex.Text[at:at+size]]++
				}
				continue
			}
			for _, w := range strings.Fields(ex.Text) {
				count[strings.ToLower(strings.Trim(w, ".,?!"))]++
			}
		}
	}
	return count
}

// lexicon returns the lexicon for a call that begins now.
func (c *Catalog) lexicon() *lexicon {
	l := c.lex.Load()
	if l == nil || l.full() {
		fresh := newLexicon(c.prog.auto.symbolOf)
		if !c.lex.CompareAndSwap(l, fresh) {
			return c.lex.Load()
		}
		return fresh
	}
	return l
}

// checkPattern refuses unknown classes and patterns that match nothing or
// span too much.
func checkPattern(n *node, classes map[string]*node) error {
	if err := checkClasses(n, classes); err != nil {
		return err
	}
	least, most := n.width(classes)
	switch {
	case n.learn(classes).leaves > maxPatternLeaves:
		return errManyLeaves
	case least == 0:
		return fmt.Errorf("every item of it may be missing")
	case most > maxPatternWords:
		return fmt.Errorf("it spans up to %d words: the limit is %d", most, maxPatternWords)
	}
	return nil
}

const maxPatternWords = 64

// maxPatternLeaves bounds the words that a pattern or class can choose among:
// classes of classes double at each step.
const maxPatternLeaves = 1 << 14

var errManyLeaves = fmt.Errorf("with the classes in it, it has more than %d words", maxPatternLeaves)

func checkClasses(n *node, classes map[string]*node) error {
	if n.op == opClass && classes[n.text] == nil {
		return fmt.Errorf("unknown word class <%s>: want %s", n.text, strings.Join(sortedKeys(classes), ", "))
	}
	for _, sub := range n.subs {
		if err := checkClasses(sub, classes); err != nil {
			return err
		}
	}
	return nil
}

// Lookup returns the tactic with the given name or ID.
func (c *Catalog) Lookup(name string) (int, bool) {
	if i, ok := c.byName[strings.ToLower(name)]; ok {
		return i, true
	}
	for i, t := range c.Tactics {
		if strings.EqualFold(t.ID, name) {
			return i, true
		}
	}
	return 0, false
}

// File returns the name of the tactic's rule file.
func (c *Catalog) File(tactic int) string { return c.files[tactic] }

// Names returns the names of the tactics, cues left out, in catalog order.
func (c *Catalog) Names() []string {
	var names []string
	for _, t := range c.Tactics {
		if t.Kind != Cue {
			names = append(names, t.Name)
		}
	}
	return names
}
