package formats

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// choose returns the format of a file that begins with head, by content, then
// by the file's name. The note says, where two formats would do, which it took.
func choose(head []byte, path, name string) (format Format, note string, err error) {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(head)) == 0 {
		return Format{}, "", errEmpty
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return Format{}, "", errBinary
	}
	if name != "auto" && name != "" {
		format, err = named(name)
		return format, "", err
	}
	var special, general []Format
	for _, f := range All() {
		if !f.is(head) {
			continue
		}
		if f.general {
			general = append(general, f)
		} else {
			special = append(special, f)
		}
	}
	return settle(special, general, ending(path))
}

func named(name string) (Format, error) {
	for _, f := range All() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, CheckName(name)
}

// settle picks among the formats that the content allows.
func settle(special, general []Format, ending string) (Format, string, error) {
	if len(special) > 0 {
		taken := special[0]
		for _, f := range special {
			if slices.Contains(f.Endings, ending) {
				taken = f
				break
			}
		}
		return taken, ambiguous(taken, special), nil
	}
	if len(general) == 0 {
		return Format{}, "", errBinary
	}
	if general[0].Name == textName {
		if f, ok := onlyOwner(ending); ok {
			return f, "", nil
		}
	}
	return general[0], "", nil
}

// onlyOwner returns the one format whose files have that ending.
func onlyOwner(ending string) (Format, bool) {
	var owners []Format
	for _, f := range All() {
		if slices.Contains(f.Endings, ending) {
			owners = append(owners, f)
		}
	}
	if len(owners) != 1 || owners[0].general {
		return Format{}, false
	}
	return owners[0], true
}

func ambiguous(taken Format, all []Format) string {
	var others []string
	for _, f := range all {
		if f.Name != taken.Name {
			others = append(others, f.Name)
		}
	}
	if others == nil {
		return ""
	}
	return fmt.Sprintf("read as %s, though it could be %s: name one with --format", taken.Name, strings.Join(others, " or "))
}

// ending returns the file's ending in lower case, that under .gz where there
// is one.
func ending(path string) string {
	path = strings.ToLower(filepath.Base(path))
	return filepath.Ext(strings.TrimSuffix(path, gzipEnding))
}
