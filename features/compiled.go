package features

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"math"
)

// compiledFile is the program of the catalog that ships, compiled beforehand
// from the files in tactics: compiling takes several times as long as all the
// rest of a short run. It is committed, so that go build alone gives a program that
// starts fast, and made by the command that makes the default model, which a
// change of the rules makes stale just as well. It need never be merged: with
// other rules than those it was made from it is left alone, and the rules are
// compiled at the start.
//
//go:embed compiled.bin
var compiledFile []byte

// compiledFormat is the version of the file and of all that decides what is in
// it but the rules.
const compiledFormat = "callscam.program/1\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// compiled is a program that was compiled beforehand.
type compiled struct {
	prog   *program
	digest string // of the catalog
	rules  int
}

// readCompiled returns the program in file when it was made from the sources
// with the given digest and is whole, or nil. It keeps the file.
func readCompiled(file []byte, sources [sha256.Size]byte) *compiled {
	body, ok := bytes.CutPrefix(file, []byte(compiledFormat))
	if !ok || len(body) < sha256.Size+crc32.Size || !bytes.HasPrefix(body, sources[:]) {
		return nil
	}
	sum := binary.LittleEndian.Uint32(body[sha256.Size:])
	if body = body[sha256.Size+crc32.Size:]; crc32.Checksum(body, castagnoli) != sum {
		return nil
	}
	return decodeProgram(body)
}

// decodeProgram reads what encodeProgram writes. Code is looked into when it is
// needed; the checksum says that it is what was written.
func decodeProgram(body []byte) *compiled {
	r := &reader{b: body}
	c := &compiled{prog: &program{}, digest: hex.EncodeToString(r.bytes(sha256.Size))}
	p := c.prog
	p.alphabet = readAlphabet(r)
	atoms := int(p.alphabet.next)
	p.sets = r.lists(atoms)
	c.rules = r.uint(math.MaxInt32)
	p.fragments = make([]fragment, r.count())
	p.groups = make([]group, r.count())
	p.grouped = make([][]groupRule, len(p.groups))
	p.steps = make([]step, r.count())
	p.marks = int32(r.uint(maxGroups + 1))
	p.states = r.uint(1 << outStateBits)
	begins := r.lists(len(p.fragments))
	if r.bad || begins.len() != atoms+p.sets.len() {
		return nil
	}
	p.begins = newBegins(begins, &p.sets)
	p.readFragments(r)
	p.readSteps(r, c.rules)
	p.readGroups(r)
	if r.bad || r.at < len(r.b) || len(p.groups) > maxGroups || p.states > 2*len(p.code)+len(p.fragments) {
		return nil
	}
	p.auto.init(p)
	return c
}

func readAlphabet(r *reader) *alphabet {
	a := &alphabet{next: atom(r.uint(1 << outAtomBits)), words: readSpelled(r), readings: readSpelled(r), prefixes: readSpelled(r)}
	for _, s := range []*spelled{&a.words, &a.readings, &a.prefixes} {
		s.atoms = r.lists(int(a.next))
	}
	a.measure()
	return a
}

// readSpelled reads keys, one behind the other, behind where each ends.
func readSpelled(r *reader) spelled {
	ends := make([]int, r.count())
	total := 0
	for i := range ends {
		total += r.count()
		ends[i] = total
	}
	s, text, from := spelled{keys: make([]string, len(ends))}, string(r.bytes(total)), 0
	if r.bad {
		return spelled{}
	}
	for i, end := range ends {
		s.keys[i] = text[from:end]
		from = end
	}
	return s
}

// readFragments reads what fragments are, and their code.
func (p *program) readFragments(r *reader) {
	groups := make([]uint16, 0, len(p.groups))
	p.codeAt = make([]uint32, len(p.fragments)+1)
	for i := range p.fragments {
		f, from := &p.fragments[i], len(groups)
		f.first = -1
		f.mark = int32(r.uint(int(p.marks) + 1))
		if groups = ascending(r, groups, len(p.groups)); from < len(groups) {
			f.groups = groups[from:len(groups):len(groups)]
		}
		p.codeAt[i+1] = p.codeAt[i] + uint32(r.count())
	}
	p.code = r.bytes(int(p.codeAt[len(p.fragments)]))
}

func (p *program) readSteps(r *reader, most int) {
	rules := make([]int32, 0, len(p.steps))
	frag := 0
	for i := range p.steps {
		s, from := &p.steps[i], len(rules)
		frag += r.int()
		if frag < 0 || frag >= len(p.fragments) {
			r.bad = true
			return
		}
		s.frag, s.from, s.gap = int32(frag), -1, int32(r.uint(math.MaxInt16))
		if before := r.uint(i + 1); before == 0 {
			p.fragments[frag].first = int32(i)
		} else {
			s.from = int32(i - before)
			p.steps[s.from].leads = true
			p.fragments[frag].joined = true
			p.fragments[p.steps[s.from].frag].joined = true
		}
		if rules = ascending(r, rules, most); from < len(rules) {
			s.rules = rules[from:len(rules):len(rules)]
		}
	}
}

func (p *program) readGroups(r *reader) {
	rules := make([]groupRule, 0, len(p.groups)+len(p.groups)/4)
	var marks []int32
	for i := range p.groups {
		p.groups[i] = group{second: int32(r.uint(int(p.marks) + 1)), within: int32(r.uint(math.MaxInt16))}
		from := len(rules)
		for range r.count() {
			g := groupRule{end: int32(r.uint(len(p.steps))), before: int32(r.uint(math.MaxInt16)), behind: int32(r.uint(math.MaxInt16))}
			at := len(marks)
			for range r.count() {
				marks = append(marks, int32(r.uint(int(p.marks)+1)))
			}
			if at < len(marks) {
				g.marks = marks[at:len(marks):len(marks)]
			}
			rules = append(rules, g)
		}
		p.grouped[i] = rules[from:len(rules):len(rules)]
	}
}
