package formats

// maxOutline is the number of an object's fields among which shapes look for
// the keys they know.
const maxOutline = 100

// outline is an object whose fields were found once, so that many shapes can
// ask for keys.
type outline []field

type field struct {
	key string
	value
}

func outlineOf(doc value) outline {
	var o outline
	for key, v := range doc.fields() {
		if o = append(o, field{string(key), v}); len(o) == maxOutline {
			break
		}
	}
	return o
}

// get follows keys from object to object.
func (o outline) get(path ...string) value {
	for _, f := range o {
		if f.key == path[0] {
			return f.value.get(path[1:]...)
		}
	}
	return nil
}

// has reports whether the object has all of the keys.
func (o outline) has(keys ...string) bool {
	for _, key := range keys {
		if o.get(key) == nil {
			return false
		}
	}
	return true
}

// keyed is what can be asked for keys: a value or an outline of one.
type keyed interface {
	get(path ...string) value
}
