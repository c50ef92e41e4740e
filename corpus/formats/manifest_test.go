package formats

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestManifest(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("secret.txt", "caller: not yours")
	write("set/a.txt", "caller: hi")
	write("set/sub/b.jsonl", "{\"turns\":[{\"text\":\"b\"}]}\n{\"turns\":[{\"text\":\"c\"}]}\n")
	write("set/list.csv", "path,label,source,lang,group\na.txt,scam,s1,en,g1\nsub/b.jsonl,legit,s2,zh,g2\n../secret.txt,scam,,,\ngone.txt,scam,,,\nlist.csv,scam,,,\n")
	read := func(paths ...string) (got []string) {
		for ex, err := range Calls(paths, nil, "auto") {
			if err != nil {
				got = append(got, strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
				continue
			}
			got = append(got, fmt.Sprint(ex.ID, " ", ex.Label, " ", ex.Source, " ", ex.Lang, " ", ex.Group))
		}
		return got
	}
	want := []string{"a scam s1 en g1", "b:1 legit s2 zh g2", "b:2 legit s2 zh g2",
		"set/list.csv:4: \"../secret.txt\": path escapes from parent", "set/list.csv:5: \"gone.txt\": no such file or directory",
		"set/list.csv: a list of files: it is read only where it is itself named, outside of archives"}
	if diff := cmp.Diff(want, read(filepath.Join(dir, "set", "list.csv"))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a    ", "b:1    ", "b:2    "}, read(filepath.Join(dir, "set"))); diff != "" {
		t.Error("walking:", diff)
	}
}
