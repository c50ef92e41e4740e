package formats

import (
	"strings"
	"unicode/utf8"

	"callscam/corpus"
)

// longPause is the silence in milliseconds after which words on one channel
// are a new segment, so that what the other side says falls in between.
const longPause = 1000

// talk puts words together to segments, one for every run of a speaker.
type talk struct {
	draft *draft
	// cut ends a segment after a sentence or pause too.
	cut bool
	now segment
	buf []byte
}

// word takes the next word; a tight one, such as a full stop, follows without
// a space.
func (t *talk) word(w segment, tight bool) {
	if w.text == "" {
		return
	}
	if len(t.buf) > 0 && (w.speaker != t.now.speaker || w.channel != t.now.channel || t.cut && !tight && t.pausesBefore(w)) {
		t.flush()
	}
	if len(t.buf) == 0 {
		t.now = w
	} else if w.end != corpus.NoTime {
		t.now.end = w.end
	}
	t.buf = appendWord(t.buf, w.text, tight)
}

func (t *talk) pausesBefore(w segment) bool {
	last, _ := utf8.DecodeLastRune(t.buf)
	return strings.ContainsRune(".?!。？！", last) ||
		w.start != corpus.NoTime && t.now.end != corpus.NoTime && w.start-t.now.end >= longPause
}

// flush ends the segment.
func (t *talk) flush() {
	t.now.text = string(t.buf)
	t.draft.add(t.now)
	t.now, t.buf = segment{}, t.buf[:0]
}

// appendWord puts a space between words, but none beside Chinese or Japanese
// characters and their punctuation, and none before a tight word.
func appendWord(buf []byte, word string, tight bool) []byte {
	last, _ := utf8.DecodeLastRune(buf)
	next, _ := utf8.DecodeRuneInString(word)
	if len(buf) > 0 && !tight && !spaceless(last) && !spaceless(next) && last != ' ' && next != ' ' {
		buf = append(buf, ' ')
	}
	return append(buf, word...)
}

func spaceless(r rune) bool {
	return corpus.IsHan(r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xffef
}
