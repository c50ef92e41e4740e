package formats

import "bytes"

// rootKeys returns the keys of the first JSON object in head, with the first
// byte of each one's value, and whether head holds the whole object. A list is
// looked into for its first item. Head may end anywhere.
func rootKeys(head []byte) (keys map[string]byte, whole bool) {
	head = bytes.TrimLeft(head, " \t\r\n[")
	keys = map[string]byte{}
	if len(head) == 0 || head[0] != '{' {
		return keys, true
	}
	depth, key, wantKey := 0, "", true
	for i := 0; i < len(head); i++ {
		switch c := head[i]; c {
		case '"':
			end := stringEnd(head, i)
			if end < 0 {
				if depth == 1 && !wantKey && keys[key] == 0 {
					keys[key] = c
				}
				return keys, false
			}
			if depth == 1 && wantKey {
				key = string(head[i+1 : end])
			} else if depth == 1 && keys[key] == 0 {
				keys[key] = c
			}
			i = end
		case '{', '[':
			if depth == 1 && keys[key] == 0 {
				keys[key] = c
			}
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return keys, true
			}
		case ',', ':':
			if depth == 1 {
				wantKey = c == ','
			}
		case ' ', '\t', '\r', '\n':
		default:
			if depth == 1 && !wantKey && keys[key] == 0 {
				keys[key] = c
			}
		}
	}
	return keys, false
}

// stringEnd returns where the string that opens at i closes, or -1.
func stringEnd(data []byte, i int) int {
	for i++; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}
