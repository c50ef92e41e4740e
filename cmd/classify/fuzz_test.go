package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzArguments runs the whole program in this process with whatever
// arguments, one a line, in a folder with a few calls: it ends without a
// panic, with a status of the manual, and says in single lines what is wrong.
func FuzzArguments(f *testing.F) {
	for _, args := range []string{
		"score\ncalls", "score\n--output\ncsv\n-", "score\ncalls\n-o\nx\n--resume", "score\n--jobs\n-1\ncalls", "score\n--jobs=99999999999999999999\n-", "score\ncalls\n-o\ncalls",
		"score\n--format\nvtt\n-", "score\n--model\ncalls\n-", "score\n--fail-on\nscam\n-\n-\n-", "train\nlabelled\n-o\nm.json\n--folds\n2", "train\nlabelled\n--terms\n-5", "train\nlabelled\n--max-fpr\nnan",
		"train\nlabelled\n--seed\n18446744073709551616", "evaluate\nlabelled\n--by\nsource,lang,group,pretext,", "evaluate\nlabelled\n--json\nlabelled", "crossval\nlabelled\n--leave-out\nsource", "explain\ncalls\n--call\n\x1b[31m",
		"audit\nlabelled\n--json\nj.json", "redteam\nlabelled\n--escapes", "convert\ncalls\n--to\ntxt\n-o\nout", "convert\n-\n--to\narff", "convert\ncalls\n--to\nwtf\n-o\n..", "tactics\nlist\n--dir\ncalls", "tactics\nshow\nT10",
		"tactics\nmatch\nshare your screen\n--json\n--redact", "tactics\nmeasure\nlabelled\n--wrong", "model\nshow\n--features\n-7", "model\nshow\ncalls", "formats", "version\n--licences", "version\n--require-sandbox", "help\nscore",
		"scor", "score\n--loud", "score\n-", "", "--", "-h", "score\n--output", "score\n\x00", "score\n\n", "score\n--output=\u202exml\n-", "completion\nbash", "__complete\nscore\n-", "completion\n\x1b]0;x\a", "\xff\xfe", "score\n--\n--output", "classify\nscore",
	} {
		f.Add(args)
	}
	f.Fuzz(func(t *testing.T, lines string) {
		args := arguments(lines)
		dir := t.TempDir()
		write(t, dir+"/desk/calls", calm)
		for _, name := range []string{"scam/1.txt", "scam/2.txt", "legit/1.txt", "legit/2.txt"} {
			write(t, dir+"/desk/labelled/"+name, calm)
		}
		t.Chdir(dir + "/desk")
		var out, errOut bytes.Buffer
		status := run(args, strings.NewReader(calm), &out, &errOut, unguarded)
		if status < statusDone || status > statusFound {
			t.Errorf("%q: status %d", args, status)
		}
		if !strings.HasPrefix(lines, "__complete") { // which answers shells and not people
			checkTold(t, args, status, errOut.String())
		}
	})
}

// arguments splits lines into arguments, none of which leads further than to
// the folder above the present one.
func arguments(lines string) []string {
	var args []string
	for _, arg := range strings.Split(lines, "\n") {
		arg = strings.NewReplacer("/", "_", `\`, "_").Replace(arg)
		if len(args) < 12 {
			args = append(args, arg)
		}
	}
	return args
}

// checkTold wants single lines that name the program, and one at least where
// something is wrong. An audit tells on stdout what it found.
func checkTold(t *testing.T, args []string, status int, text string) {
	t.Helper()
	if text == "" && (status == statusMisuse || status == statusPartial && !slices.Contains(args, "audit")) {
		t.Errorf("%q: status %d and no word why", args, status)
	}
	if !utf8.ValidString(text) {
		t.Errorf("%q: not valid UTF-8: %q", args, text)
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, "classify: ") || len(line) < 12 {
			t.Errorf("%q: a line of stderr is no sentence: %q", args, line)
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }); i >= 0 {
			t.Errorf("%q: stderr passes %q on", args, line[i:])
		}
	}
}
