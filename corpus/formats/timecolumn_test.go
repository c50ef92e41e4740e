package formats

import (
	"slices"
	"strings"
	"testing"

	"callscam/corpus"
)

func TestTimeColumns(t *testing.T) {
	guess := func(as string) string { return "nothing says what the times count: taken for " + as }
	const pace = ", by the pace of the speech"
	tests := []struct {
		name, file, data string
		second           int64 // start of the second turn
		warning          string
	}{
		{"whole seconds", "x.csv", "start,end,speaker,text\n0,3,agent,Hello this is the card team\n4,6,customer,Yes what is it\n", 4000, guess("seconds" + pace)},
		{"whole milliseconds", "x.csv", "begin,end,speaker,text\n0,3000,agent,Hello this is the card team\n4000,6000,customer,Yes what is it\n", 4000, guess("milliseconds" + pace)},
		{"whisper", "x.tsv", "start\tend\ttext\n0\t3000\tHello this is the card team\n4000\t6000\tYes what is it\n", 4000, ""},
		{"whisper in seconds", "x.tsv", "start\tend\ttext\n0\t3\tHello this is the card team\n4\t6\tYes what is it\n", 4000, guess("seconds" + pace)},
		{"fractions", "x.csv", "start,end,speaker,text\n0,3.5,agent,Hello this is the card team\n4.25,6,customer,Yes what is it\n", 4250, ""},
		{"milliseconds with fractions", "x.csv", "begin,end,speaker,text\n0.0,3000.5,agent,Hello this is the card team\n4000.0,6000.0,customer,Yes what is it\n", 4000, guess("milliseconds" + pace)},
		{"seconds by name", "x.csv", "start_time_seconds,end_time_seconds,speaker,text\n0,3000,agent,Hello\n4,6000,customer,Yes\n", 4000, ""},
		{"in seconds", "x.csv", "speaker,Start (s),text\nagent,0,Hello\ncustomer,4,Yes\n", 4000, ""},
		{"milliseconds by name", "x.csv", "speaker,startMs,text\nagent,0,Hello\ncustomer,4,Yes\n", 4, ""},
		{"Chinese seconds", "x.csv", "说话人,开始时间（秒）,内容\n客服,0,您好\n客户,4,你好\n", 4000, ""},
		{"Chinese milliseconds", "x.csv", "说话人,开始时间(毫秒),内容\n客服,0,您好\n客户,4,你好\n", 4, ""},
		{"Chinese by pace", "x.csv", "说话人,开始时间,结束时间,内容\n客服,0,4,您好，这里是信用卡中心。\n客户,5,7,请问有什么事？\n", 5000, guess("seconds" + pace)},
		{"starts alone", "x.csv", "call_id,speaker,start,text\n1,agent,0,Hello this is the card team\n1,customer,4000,Yes what is it\n", 4000, guess("milliseconds" + pace)},
		{"nothing to go by", "x.csv", "speaker,start,text\nagent,0,Hello\ncustomer,0,Yes\n", 0, guess("seconds")},
		{"whisper's way", "x.csv", "speaker,start,end,text\nagent,0,0,Hello\ncustomer,0,0,Yes\n", 0, guess("milliseconds, as Whisper writes them")},
		{"clocks", "x.csv", "speaker,start_ms,text\nagent,00:00:00,Hello\ncustomer,00:01:04.5,Yes\n", 64500, ""},
		{"dates", "x.csv", "speaker,timestamp,text\nagent,2024-05-06 10:00:00,Hello\ncustomer,2024-05-06 10:00:04,Yes\n", 4000, ""},
		{"dates with strokes", "x.csv", "speaker,time,text\nagent,2024/05/06 10:00:00,Hello\ncustomer,2024/05/06 10:00:04,Yes\n", 4000, ""},
		{"from 1970", "x.csv", "speaker,start_ms,text\nagent,1714989600000,Hello\ncustomer,1714989604000,Yes\n", 4000, ""},
		{"no times", "x.csv", "speaker,start,text\nagent,,Hello\ncustomer,soon,Yes\n", corpus.NoTime, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, errs := read(t, tt.file, tt.data)
			if len(calls) != 1 || len(calls[0].Turns) != 2 || len(errs) > 0 {
				t.Fatalf("calls %v, errors %q", calls, errs)
			}
			if got := calls[0].Turns[1].Start; got != tt.second {
				t.Errorf("the second turn begins at %d, want %d", got, tt.second)
			}
			if got := strings.Join(calls[0].Warnings, "; "); got != tt.warning {
				t.Errorf("warning %q, want %q", got, tt.warning)
			}
		})
	}
}

func TestWordsOf(t *testing.T) {
	for text, want := range map[string]int{"": 0, "—": 0, "it's ten o'clock.": 3, "您好，这里是ABC银行。": 8, "네 누구세요": 2, "[PII] 12,000": 2} {
		if got := wordsOf(text); got != want {
			t.Errorf("%q: %d words, want %d", text, got, want)
		}
	}
}

// The names of times do not make other columns times.
func TestUnitsOfOtherColumns(t *testing.T) {
	c, ok := headerColumns([]string{"call_seconds", "text", "label"})
	if !ok || c.has(idColumn) || c.has(startColumn) || !slices.Equal([]int{1, 2}, []int{c[textColumn], c[labelColumn]}) {
		t.Errorf("columns %v", c)
	}
}
