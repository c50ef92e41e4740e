package features

import "fmt"

// chain is one way through a pattern: fragments without gaps, each after the
// gap that stands before it (the first after none). A word class of phrases is
// a fragment of its own, so that it is built once and not in every pattern.
type chain []link

type link struct {
	gap  int
	frag *node
	key  string // of the fragment
}

// maxChains bounds the ways through one pattern.
const maxChains = 512

// chains takes a pattern apart. Alternatives and optional items that hold a gap
// or a class of phrases, or that would leave a fragment empty, are multiplied
// out; the rest stays inside the fragments.
func (n *node) chains(classes map[string]*node) ([]chain, error) {
	open, err := n.spread(classes)
	if err != nil {
		return nil, err
	}
	out := make([]chain, len(open))
	var key []byte
	for i, items := range open {
		out[i] = cut(items, classes)
		for k := range out[i] {
			key = out[i][k].frag.appendKey(key[:0])
			out[i][k].key = string(key)
		}
	}
	return out, nil
}

// spread returns the sequences that n stands for, gaps as items of their own.
func (n *node) spread(classes map[string]*node) ([][]*node, error) {
	if least, _ := n.width(classes); !n.divides(classes) && least > 0 {
		return [][]*node{{n}}, nil
	}
	var out [][]*node
	switch n.op {
	case opClass:
		if class := classes[n.text]; class.hasGap(classes) {
			return class.spread(classes)
		}
		return [][]*node{{n}}, nil
	case opGap:
		return [][]*node{{n}}, nil
	case opMaybe:
		inner, err := n.subs[0].spread(classes)
		return append([][]*node{{}}, inner...), err
	case opAlt:
		for _, sub := range n.subs {
			inner, err := sub.spread(classes)
			if err != nil {
				return nil, err
			}
			out = append(out, inner...)
		}
	case opSeq:
		out = [][]*node{{}}
		for _, part := range n.parts(classes) {
			inner, err := part.spread(classes)
			if err != nil {
				return nil, err
			}
			if len(inner) == 1 {
				for i := range out {
					out[i] = append(out[i][:len(out[i]):len(out[i])], inner[0]...)
				}
				continue
			}
			longer := make([][]*node, 0, len(out)*len(inner))
			for _, a := range out {
				for _, b := range inner {
					longer = append(longer, append(append(make([]*node, 0, len(a)+len(b)+4), a...), b...))
				}
			}
			if out = longer; len(out) > maxChains {
				return nil, fmt.Errorf("more than %d ways through the pattern: split it", maxChains)
			}
		}
	default:
		return [][]*node{{n}}, nil
	}
	return out, nil
}

// parts groups what stands between two gaps of a sequence, so that an optional
// word beside a required one stays with it.
func (n *node) parts(classes map[string]*node) []*node {
	var out []*node
	var run []*node
	flush := func() {
		if len(run) == 1 {
			out = append(out, run[0])
		} else if len(run) > 1 {
			out = append(out, &node{op: opSeq, subs: run})
		}
		run = nil
	}
	for _, sub := range n.subs {
		if sub.divides(classes) {
			flush()
			out = append(out, sub)
		} else {
			run = append(run, sub)
		}
	}
	flush()
	if len(out) == 1 && out[0].op == opSeq && len(out[0].subs) == len(n.subs) {
		return n.subs
	}
	return out
}

// divides reports whether a fragment cannot hold n: it has a gap or a class of
// phrases in it.
func (n *node) divides(classes map[string]*node) bool { return n.learn(classes).divides }

// hasGap reports whether a gap stands in n or in a class that it uses.
func (n *node) hasGap(classes map[string]*node) bool { return n.learn(classes).gap }

// isPhrases reports whether a class has members of more than one word.
func isPhrases(class *node) bool {
	_, rest := splitClass(class)
	return len(rest) > 0
}

// cut joins neighbouring items into fragments and neighbouring gaps into one.
func cut(items []*node, classes map[string]*node) chain {
	var out chain
	gap, fresh := 0, true
	for _, item := range items {
		if item.op == opGap {
			gap += int(item.gap)
			fresh = true
			continue
		}
		apart := item.op == opClass && item.learn(classes).phrases
		if fresh || apart {
			out = append(out, link{gap: gap, frag: &node{op: opSeq}})
			gap, fresh = 0, apart
		}
		last := out[len(out)-1].frag
		last.subs = append(last.subs, item)
	}
	return out
}
