package formats

import "fmt"

// checkDepth returns an error when brackets stand in one another more than
// MaxDepth deep. It looks at brackets and strings alone, so that it can run
// before any decoder does, on JSON that is broken too.
func checkDepth(data []byte) error {
	depth, inString := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > MaxDepth {
				return fmt.Errorf("JSON nested more than %d levels deep, which is the limit", MaxDepth)
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}
