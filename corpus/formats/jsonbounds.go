package formats

import "fmt"

// maxBrackets and maxCommas bound the objects and lists in the JSON of one
// call, and the items in them: a decoder takes a hundred bytes and more for
// an object that is written in two.
const (
	maxBrackets = 1_000_000
	maxCommas   = 6_000_000
)

// checkBounds returns an error when brackets stand in one another more than
// MaxDepth deep, or when there are too many of them or of commas. It looks at
// these and at strings alone, so that it can run before any decoder does, on
// JSON that is broken too.
func checkBounds(data []byte) error {
	depth, inString := 0, false
	brackets, commas := 0, 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			brackets++
			if depth++; depth > MaxDepth {
				return fmt.Errorf("JSON nested more than %d levels deep, which is the limit", MaxDepth)
			}
		case c == '}' || c == ']':
			depth--
		case c == ',':
			commas++
		}
	}
	switch {
	case brackets > maxBrackets:
		return fmt.Errorf("JSON of more than %d objects and lists, which is the limit of a call", maxBrackets)
	case commas > maxCommas:
		return fmt.Errorf("JSON of more than %d items, which is the limit of a call", maxCommas)
	}
	return nil
}
