package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateLicences = flag.Bool("licences", false, "write the licences of the linked modules")

// linked is a module that the program contains, with the folders of those of
// its packages that are linked.
type linked struct {
	Path, Version, Dir string
	folders            map[string]bool
}

// linkedModules returns the modules of the program on every system it is built
// for, by path and version.
func linkedModules(t *testing.T) map[string]*linked {
	t.Helper()
	modules := map[string]*linked{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Module", ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
			var p struct {
				Dir    string
				Module *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := dec.Decode(&p); err != nil {
				t.Fatal(err)
			}
			if p.Module == nil || p.Module.Main {
				continue
			}
			key := p.Module.Path + " " + p.Module.Version
			if modules[key] == nil {
				modules[key] = &linked{p.Module.Path, p.Module.Version, p.Module.Dir, map[string]bool{p.Module.Dir: true}}
			}
			for dir := p.Dir; len(dir) > len(p.Module.Dir); dir = filepath.Dir(dir) {
				modules[key].folders[dir] = true
			}
		}
	}
	return modules
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([._-].*)?$`)

// texts returns a module's licences and notices: those in its root and in the
// folders of the packages that are linked.
func (l *linked) texts(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, dir := range slices.Sorted(maps.Keys(l.folders)) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Type() == fs.FileMode(0) && licenceFile.MatchString(e.Name()) && !strings.HasSuffix(e.Name(), ".go") {
				data, err := os.ReadFile(filepath.Join(dir, e.Name()))
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n")))
			}
		}
	}
	return out
}

// The shipped licences are those of what is linked, no more and no less. With
// -licences they are written.
func TestLicences(t *testing.T) {
	modules := linkedModules(t)
	users := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(modules)) {
		texts := modules[key].texts(t)
		if len(texts) == 0 {
			t.Errorf("%s has no licence file", key)
		}
		for _, text := range texts {
			users[text] = append(users[text], key)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "classify contains these modules. The licence of golang.org/x/sys is also that of Go's own library.\n")
	for _, text := range slices.SortedFunc(maps.Keys(users), func(a, b string) int { return strings.Compare(users[a][0]+a, users[b][0]+b) }) {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 72), strings.Join(users[text], "\n"), text)
	}
	if *updateLicences {
		if err := os.WriteFile("licences.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != licences {
		t.Errorf("licences.txt is not what is linked: run make licences")
	}
}

// What is built is what go.mod and the checksums name: nothing is replaced.
func TestNoReplace(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct{ Replace, Exclude []any }
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	if len(mod.Replace)+len(mod.Exclude) > 0 {
		t.Errorf("go.mod replaces or excludes %d modules", len(mod.Replace)+len(mod.Exclude))
	}
}
