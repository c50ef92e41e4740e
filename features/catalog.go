package features

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"runtime"
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
	return LoadCatalog(sub)
})

// LoadCatalog reads all *.tactic files of a folder, and its classes.txt.
// Errors begin with "file:line:".
func LoadCatalog(dir fs.FS) (*Catalog, error) {
	c := &Catalog{byName: map[string]int{}}
	classes, err := loadClasses(dir)
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(dir, "*.tactic")
	if err != nil {
		return nil, err
	}
	tactics, err := parseAll(dir, files, classes)
	if err != nil {
		return nil, err
	}
	var cues []*Tactic
	var cueFiles []string
	for i, t := range tactics {
		if t.Kind == Cue {
			cues, cueFiles = append(cues, t), append(cueFiles, files[i])
		} else {
			c.Tactics, c.files = append(c.Tactics, t), append(c.files, files[i])
		}
	}
	c.Tactics, c.files = append(c.Tactics, cues...), append(c.files, cueFiles...)
	if len(c.Tactics) == len(cues) {
		return nil, fmt.Errorf("no *.tactic files")
	}
	return c, c.compile(classes)
}

// parseAll reads rule files, several at a time. Of several errors the first
// file's is returned.
func parseAll(dir fs.FS, files []string, classes map[string]*node) ([]*Tactic, error) {
	tactics, errs := make([]*Tactic, len(files)), make([]error, len(files))
	var next atomic.Int32
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(files); i = int(next.Add(1)) - 1 {
				data, err := fs.ReadFile(dir, files[i])
				if err == nil {
					tactics[i], err = parseTactic(files[i], string(data))
				}
				if err == nil {
					err = tactics[i].takeApart(files[i], classes)
				}
				errs[i] = err
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return tactics, nil
}

// takeApart checks the tactic's patterns and cuts them into chains.
func (t *Tactic) takeApart(file string, classes map[string]*node) error {
	for i := range t.Rules {
		r := &t.Rules[i]
		err := checkPattern(r.node, classes)
		if err == nil {
			r.ways, err = r.node.chains(classes)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: pattern: %w", file, r.Line, err)
		}
	}
	return nil
}

func (c *Catalog) compile(classes map[string]*node) error {
	var patterns [][]chain
	var all bytes.Buffer
	for i, t := range c.Tactics {
		if _, taken := c.byName[t.Name]; taken {
			return fmt.Errorf("%s: the name %q is taken", c.files[i], t.Name)
		}
		c.byName[t.Name] = i
		fmt.Fprintln(&all, t.ID, t.Name, t.Kind, t.Stage, t.Strength, t.Damning, t.Effect, t.Reach)
		for k := range t.Rules {
			r := &t.Rules[k]
			all.WriteString(r.Pattern)
			all.WriteByte('\n')
			patterns = append(patterns, r.ways)
			r.node, r.ways = nil, nil // the program has what it needs of them
			c.owner = append(c.owner, i)
		}
	}
	for _, name := range sortedKeys(classes) {
		fmt.Fprintln(&all, name, classes[name].key())
	}
	prog, err := compile(patterns, classes, c.commonWords())
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
