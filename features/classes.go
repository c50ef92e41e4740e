package features

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const classesFile = "classes.txt"

// loadClasses reads the text of classes.txt: "name: item | item", continued on indented
// lines. A class may use the classes above it.
func loadClasses(data string) (map[string]*node, error) {
	const file = classesFile
	classes := map[string]*node{}
	name, body, at := "", "", 0
	flush := func() error {
		if name == "" {
			return nil
		}
		if classes[name] != nil {
			return fmt.Errorf("%s:%d: class <%s> is defined twice", file, at, name)
		}
		n, err := parsePattern(body)
		if err == nil {
			err = checkClasses(n, classes)
		}
		if err == nil && (n.gapAtEdge(true) || n.gapAtEdge(false)) {
			err = fmt.Errorf("starts or ends with a gap")
		}
		if err == nil && n.learn(classes).leaves > maxPatternLeaves {
			err = errManyLeaves
		}
		if err != nil {
			return fmt.Errorf("%s:%d: class <%s>: %w", file, at, name, err)
		}
		if least, _ := n.width(classes); least == 0 {
			return fmt.Errorf("%s:%d: class <%s>: every item of it may be missing", file, at, name)
		}
		n.learn(classes)
		splitClass(n)
		classes[name] = n
		return nil
	}
	for i, line := range strings.Split(data, "\n") {
		text := strings.TrimSpace(line)
		switch {
		case text == "" || strings.HasPrefix(text, "# "):
		case line[0] == ' ' && name != "":
			body += " " + text
		default:
			if err := flush(); err != nil {
				return nil, err
			}
			key, value, ok := strings.Cut(text, ":")
			if !ok {
				return nil, fmt.Errorf("%s:%d: want \"name: item | item\"", file, i+1)
			}
			name, body, at = key, value, i+1
		}
	}
	return classes, flush()
}

// key writes the node out, for digests and for finding equal fragments.
func (n *node) key() string { return string(n.appendKey(nil)) }

func (n *node) appendKey(b []byte) []byte {
	b = append(b, 'a'+byte(n.op))
	if n.op == opGap {
		b = strconv.AppendInt(b, int64(n.gap), 10)
	}
	b = append(b, n.text...)
	if len(n.subs) > 0 {
		b = append(b, '(')
		for _, sub := range n.subs {
			b = append(sub.appendKey(b), ' ')
		}
		b = append(b, ')')
	}
	return b
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
