package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

// node is one start tag of a page, with the text right after it.
type node struct {
	xml.StartElement
	depth int
	text  string
}

func (n *node) attr(name string) string {
	for _, a := range n.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// nodes parses a page; every element must be closed in order.
func nodes(t *testing.T, page string) []node {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(strings.Replace(page, "<!DOCTYPE html>", "", 1)))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var out []node
	depth := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			out = append(out, node{token.Copy(), depth, ""})
		case xml.EndElement:
			depth--
		case xml.CharData:
			if len(out) > 0 {
				out[len(out)-1].text += string(token)
			}
		}
	}
	if depth != 0 {
		t.Errorf("%d elements are not closed", depth)
	}
	return out
}

// branch is a place in a page: elements of one kind below the same parents.
type branch struct {
	name     string
	count    int
	children []*branch
}

func (b *branch) child(name string) *branch {
	for _, c := range b.children {
		if c.name == name {
			c.count++
			return c
		}
	}
	c := &branch{name: name, count: 1}
	b.children = append(b.children, c)
	return c
}

func (b *branch) write(out *strings.Builder, depth int) {
	for _, c := range b.children {
		fmt.Fprintf(out, "%s%s ×%d\n", strings.Repeat("  ", depth), c.name, c.count)
		c.write(out, depth+1)
	}
}

// outline is the page's structure: which elements, with their classes and IDs,
// stand within which, and how many.
func outline(t *testing.T, page string) []byte {
	root := &branch{}
	at := []*branch{root}
	for _, n := range nodes(t, page) {
		name := n.Name.Local
		if id := n.attr("id"); id != "" {
			name += "#" + id
		}
		if class := n.attr("class"); class != "" {
			name += "." + strings.ReplaceAll(class, " ", ".")
		}
		at = append(at[:n.depth], at[n.depth-1].child(name))
	}
	var b strings.Builder
	root.write(&b, 0)
	return []byte(b.String())
}
