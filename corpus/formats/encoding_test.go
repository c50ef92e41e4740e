package formats

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func encode(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEncodings(t *testing.T) {
	const (
		simple      = "客服：您好，您的快递已经到站了\n客户：好的，谢谢\n"
		traditional = "客服：您好，請問是陳先生嗎\n客戶：我是，什麼事\n"
		short       = "caller: 您好\ncallee: 你是谁\n"
	)
	tests := []struct {
		name, text, want string
		e                encoding.Encoding
	}{
		{"gb18030", simple, "GB18030", simplifiedchinese.GB18030},
		{"gb18030 short", short, "GB18030", simplifiedchinese.GB18030},
		{"gb18030 late", strings.Repeat("caller: hello there\n", 8000) + simple, "GB18030", simplifiedchinese.GB18030},
		{"gb18030 traditional", traditional, "GB18030", simplifiedchinese.GB18030},
		{"big5", traditional, "Big5", traditionalchinese.Big5},
		{"euc-kr", "caller: 안녕하세요 고객님 금융감독원입니다\ncallee: 네 무슨 일이시죠\n", "EUC-KR", korean.EUCKR},
		{"shift-jis", "caller: もしもし、こちらは銀行です\ncallee: はい、何でしょうか\n", "Shift-JIS", japanese.ShiftJIS},
		{"windows-1252", "caller: it’s £20 – that’s the café’s price\ncallee: fine\n", "Windows-1252", charmap.Windows1252},
		{"utf-16le mark", simple, "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"utf-16be mark", simple, "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		{"utf-16le", "caller: hello\ncallee: yes\n", "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"utf-16be", "caller: hello\ncallee: yes\n", "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"utf-8 mark", simple, "", unicode.UTF8BOM},
		{"utf-8", simple, "", unicode.UTF8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want, _ := read(t, "x.txt", tt.text)
			calls, errs := read(t, "x.txt", encode(t, tt.e, tt.text))
			if len(errs) > 0 || len(calls) != 1 {
				t.Fatalf("%d calls, errors %q", len(calls), errs)
			}
			if !slices.Equal(told(calls[0]), told(want[0])) {
				t.Errorf("got %.400q", told(calls[0]))
			}
			warned := ""
			for _, w := range calls[0].Warnings {
				if _, name, ok := strings.Cut(w, "not UTF-8: read as "); ok {
					warned = name
				}
			}
			if warned != tt.want {
				t.Errorf("warned of %q, want %q", warned, tt.want)
			}
		})
	}
}

// TestEncodingOfEveryLine takes the corpus' Chinese calls one line at a time:
// the least text that a detector can be given.
func TestEncodingOfEveryLine(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "zh", "*", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no calls: %v", err)
	}
	lines, wrong := 0, 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			at := asciiPrefix([]byte(line))
			if strings.HasPrefix(line, "#") || len(line)-at < 12 {
				continue
			}
			lines++
			if got := guess([]byte(encode(t, simplifiedchinese.GB18030, line[at:]))).name; got != "GB18030" {
				wrong++
			}
		}
	}
	t.Logf("%d of %d single lines of four characters or more are taken for another encoding", wrong, lines)
	if wrong*1000 > lines {
		t.Errorf("%d of %d lines: want at most one in a thousand", wrong, lines)
	}
}
