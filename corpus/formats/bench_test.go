package formats

import (
	"bytes"
	"fmt"
	"testing"
)

// benchmarkData gives some two megabytes in a format.
func benchmarkData(name string) []byte {
	var b bytes.Buffer
	said := "hello there, I am calling about the parcel that you ordered on Monday"
	switch name {
	case "vtt":
		b.WriteString("WEBVTT\n\n")
	case "csv":
		b.WriteString("call_id,speaker,text\n")
	}
	for i := range 25_000 {
		who := []string{"Ann", "Bob"}[i%2]
		switch name {
		case "vtt":
			fmt.Fprintf(&b, "00:%02d:%02d.000 --> 00:%02d:%02d.900\n<v %s>%s</v>\n\n", i/60%60, i%60, i/60%60, i%60, who, said)
		case "srt":
			fmt.Fprintf(&b, "%d\n00:%02d:%02d,000 --> 00:%02d:%02d,900\n%s: %s\n\n", i+1, i/60%60, i%60, i/60%60, i%60, who, said)
		case "csv":
			fmt.Fprintf(&b, "c%d,%s,\"%s\"\n", i/20, who, said)
		default:
			fmt.Fprintf(&b, "%s: %s\n", who, said)
		}
	}
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"text", "vtt", "srt", "csv"} {
		data := benchmarkData(name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				for _, err := range Read("x", bytes.NewReader(data), "auto") {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
