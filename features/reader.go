package features

// reader takes a compiled program apart. What does not fit is read as 0 and
// remembered, so that it is enough to ask once, at the end.
type reader struct {
	b   []byte
	at  int
	bad bool
}

// number reads what binary.AppendUvarint writes, up to 35 bits.
func (r *reader) number() uint64 {
	x, shift := uint64(0), 0
	for r.at < len(r.b) && shift < 35 {
		b := r.b[r.at]
		r.at++
		if b < 0x80 {
			return x | uint64(b)<<shift
		}
		x |= uint64(b&0x7f) << shift
		shift += 7
	}
	r.bad = true
	return 0
}

// uint reads a number below most.
func (r *reader) uint(most int) int {
	if x := r.number(); x < uint64(max(most, 0)) {
		return int(x)
	}
	r.bad = true
	return 0
}

// int reads a number of either sign, as binary.AppendVarint writes it.
func (r *reader) int() int {
	x := r.number()
	return int(x>>1) ^ -int(x&1)
}

// count reads how many of something follow, each of at least one byte.
func (r *reader) count() int { return r.uint(len(r.b) - r.at + 1) }

// bytes reads n bytes.
func (r *reader) bytes(n int) []byte {
	if n > len(r.b)-r.at {
		r.bad = true
		return nil
	}
	r.at += n
	return r.b[r.at-n : r.at]
}

// ascending reads a list of numbers below most, each of which but the first is
// larger than the one before, and appends them to list.
func ascending[T ~int32 | ~uint16](r *reader, list []T, most int) []T {
	last := -1
	for range r.count() {
		last += 1 + r.uint(most-last-1)
		list = append(list, T(last))
	}
	return list
}

// lists reads lists of numbers below most, after how many they are and how many
// entries they have together.
func (r *reader) lists(most int) lists {
	n := r.count()
	l := lists{at: make([]int32, 1, n+1), all: make([]int32, 0, r.count())}
	for range n {
		l.all = ascending(r, l.all, most)
		l.end()
	}
	return l
}
