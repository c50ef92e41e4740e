package formats

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

// rowsOf reads all rows, and writes the line and the note before each.
func rowsOf(data string, comma rune) (rows [][]string, told []string) {
	r := newRowReader(bufio.NewReaderSize(strings.NewReader(data), 16), comma, 0)
	for {
		row, err := r.next()
		if err == io.EOF {
			return rows, told
		}
		if err != nil {
			told = append(told, fmt.Sprintf("%d error %v", row.line, err))
			if err != errManyColumns && err != errLineTooLong {
				return rows, told
			}
			continue
		}
		rows = append(rows, row.cells)
		if row.note != "" {
			told = append(told, fmt.Sprintf("%d %s", row.line, row.note))
		}
	}
}

const (
	literalMark = ": a quotation mark opens and never closes: it was read as a part of the text"
	openMark    = ": a quotation mark opens and never closes: all that follows was read as one cell"
	loneMarks   = ": quotation marks that are not doubled stand in a cell of several lines, which may be several rows"
	likeRows    = ": the lines of a cell in quotation marks look like rows: does a mark not close?"
)

func TestOpenQuotes(t *testing.T) {
	tests := []struct {
		name, data string
		want       [][]string
		told       []string
	}{
		{"at the end", "id,text\n1,\"a\n2,b\n3,c\n", [][]string{{"id", "text"}, {"1", `"a`}, {"2", "b"}, {"3", "c"}}, []string{"2 line 2" + literalMark}},
		{"in the last line", "id,text\n1,a\n2,\"b", [][]string{{"id", "text"}, {"1", "a"}, {"2", `"b`}}, []string{"3 line 3" + literalMark}},
		{"before another", "id,text\n1,\"a\n2,b\n3,\"c, d\"\n4,e\n", [][]string{{"id", "text"}, {"1", `"a`}, {"2", "b"}, {"3", "c, d"}, {"4", "e"}}, []string{"2 line 2" + literalMark}},
		{"commas in it", "id,text,act\n1,\"a, b, c,x\n2,b,y\n", [][]string{{"id", "text", "act"}, {"1", `"a, b, c`, "x"}, {"2", "b", "y"}}, []string{"2 line 2" + literalMark}},
		{"two of them", "id,text\n1,\"a\n2,\"b\n3,c\n", [][]string{{"id", "text"}, {"1", `"a`}, {"2", `"b`}, {"3", "c"}}, []string{"2 line 2" + literalMark, "3 line 3" + literalMark}},
		{"after a cell of lines", "id,text\n\"1\n1\",\"a\n2,b\n", [][]string{{"id", "text"}, {"1\n1", `"a`}, {"2", "b"}}, []string{"2 line 3" + literalMark}},
		{"crlf", "id,text\r\n1,\"a\r\n2,b\r\n", [][]string{{"id", "text"}, {"1", `"a`}, {"2", "b"}}, []string{"2 line 2" + literalMark}},
		{"a cut call", "text,label\n\"A: hi\nB: yes\nA: no", [][]string{{"text", "label"}, {"A: hi\nB: yes\nA: no\n"}}, []string{"2 line 2" + openMark}},
		{"marks in a call", "text,label\n\"A: say \"hi\" now\nB: \"yes\" I do\",ham\n", [][]string{{"text", "label"}, {"A: say \"hi\" now\nB: \"yes\" I do", "ham"}}, []string{"2 line 2" + loneMarks}},
		{"marks in a line", "text,label\n\"say \"hi\" now\",ham\n", [][]string{{"text", "label"}, {`say "hi" now`, "ham"}}, nil},
		{"closed too late", "id,who,text\n1,A,\"a\n2,B,b\n3,A,c\"\n", [][]string{{"id", "who", "text"}, {"1", "A", "a\n2,B,b\n3,A,c"}}, []string{"2 line 2" + likeRows}},
		{"lines in front", "text,a,b\n\"one\ntwo\",1,2\n", [][]string{{"text", "a", "b"}, {"one\ntwo", "1", "2"}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, told := rowsOf(tt.data, ',')
			if diff := cmp.Diff(tt.want, rows); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.told, told); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A mark that does not close within what a row may hold is no end of the file.
func TestOpenQuoteInALargeFile(t *testing.T) {
	line := "1,agent," + strings.Repeat("word ", 2000)
	n := MaxCallBytes/len(line) + 10
	data := "call_id,speaker,text\n1,customer,\"hello, there\n" + strings.Repeat(line+"a\n"+line+"b\n", n/2)
	calls, errs := read(t, "x.csv", data)
	if len(calls) != 1 || len(errs) > 0 || len(calls[0].Turns) != n/2*2+1 {
		t.Fatalf("%d calls, errors %.300q", len(calls), errs)
	}
	if got := calls[0].Turns[0].Text; got != `"hello, there` {
		t.Errorf("first turn %q", got)
	}
	if diff := cmp.Diff([]string{"line 2" + literalMark}, calls[0].Warnings); diff != "" {
		t.Error(diff)
	}
	_, errs = read(t, "x.csv", "text,label\n\"A: hello\n"+strings.Repeat(strings.Repeat("word ", 2000)+"\n", n))
	if len(errs) != 1 || errs[0] != "x.csv:2: row is longer than the limit of 32 MiB: does a quotation mark never close?" {
		t.Errorf("errors %.300q", errs)
	}
}

// Marks that open in every line do not make reading slow.
func TestManyOpenQuotes(t *testing.T) {
	for _, line := range []string{"1,a,\"x\n", "1,a,\"\"x\n", "1,a,\"x\"\"\n"} {
		const n = 200_000
		rows, _ := rowsOf("id,who,text\n"+strings.Repeat(line, n)+"1,a,b\n", ',')
		if len(rows) != n+2 {
			t.Errorf("%q: %d rows, want %d", line, len(rows), n+2)
		}
	}
}

func TestCellsBeyondTheHeader(t *testing.T) {
	calls, errs := read(t, "x.csv", "call_id,speaker,text\n1,agent,well, hello, you\n1,customer,hi,,\n2,agent,bye\n")
	if len(calls) != 2 || len(errs) > 0 {
		t.Fatalf("%d calls, errors %q", len(calls), errs)
	}
	if got := calls[0].Turns[0].Text + "|" + calls[0].Turns[1].Text; got != "well, hello, you|hi" {
		t.Errorf("turns %q", got)
	}
	if diff := cmp.Diff([]string{"line 2: a row of 5 cells where the header has 3: those of the text were taken for one"}, calls[0].Warnings); diff != "" {
		t.Error(diff)
	}
	calls, _ = read(t, "x.csv", "text,label\nwell, \"hello\", you,ham\nno,ham\n")
	if got := calls[0].Turns[0].Text; got != "well, \"hello\", you" || calls[0].Label != corpus.Legit {
		t.Errorf("text %q, label %v", got, calls[0].Label)
	}
	if diff := cmp.Diff([]string{"line 2: a row of 4 cells where the header has 2: those of the text were taken for one"}, calls[0].Warnings); diff != "" {
		t.Error(diff)
	}
}

func TestGuessedColumnBeyondTheHeader(t *testing.T) {
	calls, errs := read(t, "x.csv", "label,id\nham,1,hello there my dear friend\nham,2,b\n")
	if len(errs) > 0 || len(calls) != 2 || len(calls[0].Warnings) != 2 {
		t.Errorf("calls %v, errors %q", calls, errs)
	}
}

// FuzzRows holds the rows to those of encoding/csv wherever every quotation
// mark closes. Where one does not, nothing is lost and nothing read twice.
func FuzzRows(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a,\"b\nc\",d\n", "\"a\"\"b\",c\r\n\r\nd", "\"a \"b\" c\",d", "\"a\",b\"c\"", ",\n,", "a,\"b\nc,d", "a,b\n1,\"2\n3,\"4\"\n"} {
		f.Add(s)
	}
	bare := strings.NewReplacer(",", "", "\"", "", "\r", "", "\n", "")
	f.Fuzz(func(t *testing.T, data string) {
		rows, told := rowsOf(data, ',')
		if slices.ContainsFunc(told, func(s string) bool { return strings.Contains(s, " error ") }) {
			return
		}
		var text strings.Builder
		for _, row := range rows {
			for _, cell := range row {
				text.WriteString(cell)
			}
		}
		if diff := cmp.Diff(bare.Replace(data), bare.Replace(text.String())); diff != "" {
			t.Errorf("%q: %s", data, diff)
		}
		if len(told) > 0 || strings.HasSuffix(data, "\r") {
			return
		}
		want := csv.NewReader(strings.NewReader(data))
		want.LazyQuotes, want.FieldsPerRecord = true, -1
		all, err := want.ReadAll()
		if err != nil {
			return
		}
		if diff := cmp.Diff(all, rows); diff != "" {
			t.Errorf("%q: %s", data, diff)
		}
	})
}
