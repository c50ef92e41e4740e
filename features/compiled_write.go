package features

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"slices"
	"strings"
)

// writeCompiled returns what readCompiled reads.
func writeCompiled(c *Catalog, sources [sha256.Size]byte) ([]byte, error) {
	digest, err := hex.DecodeString(c.Digest)
	if err != nil {
		return nil, err
	}
	body := encodeProgram(c.prog, digest, len(c.owner))
	file := append([]byte(compiledFormat), sources[:]...)
	file = binary.LittleEndian.AppendUint32(file, crc32.Checksum(body, castagnoli))
	return append(file, body...), nil
}

func encodeProgram(p *program, digest []byte, rules int) []byte {
	b := appendAlphabet(slices.Clone(digest), p.alphabet)
	b = appendLists(b, &p.sets)
	for _, n := range []int{rules, len(p.fragments), len(p.groups), len(p.steps), int(p.marks), p.states} {
		b = appendInt(b, n)
	}
	b = appendLists(b, &p.begins.atoms)
	for i := range p.fragments {
		b = appendInt(b, p.fragments[i].mark)
		b = appendAscending(b, p.fragments[i].groups)
		b = appendInt(b, p.codeAt[i+1]-p.codeAt[i])
	}
	b = append(b, p.code...)
	last := int32(0)
	for i, s := range p.steps {
		b = binary.AppendVarint(b, int64(s.frag-last))
		last = s.frag
		b = appendInt(b, s.gap)
		if s.from < 0 {
			b = append(b, 0)
		} else {
			b = appendInt(b, int32(i)-s.from)
		}
		b = appendAscending(b, s.rules)
	}
	for i, g := range p.groups {
		b = appendInt(appendInt(b, g.second), g.within)
		b = appendInt(b, len(p.grouped[i]))
		for _, r := range p.grouped[i] {
			b = appendInt(appendInt(appendInt(b, r.end), r.before), r.behind)
			b = appendInt(b, len(r.marks))
			for _, m := range r.marks {
				b = appendInt(b, m)
			}
		}
	}
	return b
}

func appendAlphabet(b []byte, a *alphabet) []byte {
	b = appendInt(b, a.next)
	all := []*spelled{&a.words, &a.readings, &a.prefixes}
	for _, s := range all {
		b = appendInt(b, len(s.keys))
		for _, key := range s.keys {
			b = appendInt(b, len(key))
		}
		b = append(b, strings.Join(s.keys, "")...)
	}
	for _, s := range all {
		b = appendLists(b, &s.atoms)
	}
	return b
}

func appendLists(b []byte, l *lists) []byte {
	b = appendInt(appendInt(b, l.len()), len(l.all))
	for i := range int32(l.len()) {
		b = appendAscending(b, l.of(i))
	}
	return b
}

func appendInt[T ~int | ~int32 | ~uint32](b []byte, n T) []byte {
	return binary.AppendUvarint(b, uint64(n))
}

func appendAscending[T ~int32 | ~uint16](b []byte, list []T) []byte {
	b = appendInt(b, len(list))
	last := -1
	for _, n := range list {
		b = appendInt(b, int(n)-last-1)
		last = int(n)
	}
	return b
}
