package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the import plan: what each package may import of this module,
// and which outside packages are kept to one place.
var mayImport = map[string][]string{
	"corpus":            nil,
	"corpus/formats":    {"corpus"},
	"features/arith":    nil,
	"features":          {"corpus", "features/arith"},
	"classify":          {"corpus", "features", "features/arith"},
	"classify/evaluate": {"features/arith"},
	"classify/train":    {"corpus", "features", "features/arith", "classify", "classify/evaluate"},
	"classify/redteam":  {"corpus"},
	"classify/report":   {"corpus", "corpus/formats", "features", "features/arith", "classify", "classify/evaluate", "classify/redteam"},
	"models":            nil,
	"cmd/classify":      {"corpus", "corpus/formats", "features", "classify", "classify/train", "classify/evaluate", "classify/redteam", "classify/report", "models"},
}

var onlyIn = map[string][]string{
	"github.com/jdkato/prose/v2":        {"features/prose.go"},
	"github.com/schollz/progressbar/v3": {"cmd/classify/progress.go"},
	"github.com/spf13/cobra":            {"cmd/classify/"},
	"github.com/sjwhitworth/golearn":    {"classify/evaluate/", "classify/train/", "classify/report/"},
	"gonum.org/v1/gonum":                {"classify/train/", "classify/evaluate/"},
	"net":                               {},
	"unsafe":                            {},
	"text/template":                     {}, // pages are html/template's, which escapes
	"time":                              {"cmd/classify/"},
}

func TestImportPlan(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		file := filepath.ToSlash(rel)
		pkg := file[:strings.LastIndexByte(file, '/')]
		allowed, ok := mayImport[pkg]
		if !ok {
			t.Errorf("%s: package %s is not in the plan", file, pkg)
		}
		seen[pkg] = true
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			checkImport(t, file, name, allowed)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range mayImport {
		if !seen[pkg] {
			t.Errorf("package %s of the plan does not exist", pkg)
		}
	}
}

func checkImport(t *testing.T, file, name string, allowed []string) {
	t.Helper()
	if own, ok := strings.CutPrefix(name, "callscam/"); ok {
		for _, a := range allowed {
			if a == own {
				return
			}
		}
		t.Errorf("%s imports %s, against the plan", file, own)
		return
	}
	for outside, places := range onlyIn {
		if name != outside && !strings.HasPrefix(name, outside+"/") {
			continue
		}
		found := false
		for _, p := range places {
			found = found || strings.HasPrefix(file, p)
		}
		if !found {
			t.Errorf("%s imports %s: want it only in %q", file, name, places)
		}
	}
}
