package formats

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// segment is a stretch of speech as a recogniser gives it. A figure that the
// recogniser does not give is nil.
type segment struct {
	speaker, channel               string
	role                           corpus.Role
	text                           string
	start, end                     int64
	noSpeech, logProb, compression *float64
}

// draft is a call while its segments are gathered.
type draft struct {
	corpus.Example
	segments []segment
	// byTime puts segments into the order in which they begin, as formats need
	// that tell one channel after the other.
	byTime bool
	// sentences has runs of one speaker joined again, after words of several
	// channels were cut into sentences to put them in order.
	sentences bool
	full      bool
}

// add takes a segment that says something.
func (d *draft) add(s segment) {
	if s.text = strings.TrimSpace(strings.Map(blankControl, s.text)); s.text == "" {
		return
	}
	if len(d.segments) == MaxTurns {
		d.full = true
		return
	}
	d.segments = append(d.segments, s)
}

// blankControl makes line ends and other control characters spaces: a
// recogniser's segment is one stretch of speech.
func blankControl(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// language takes the first language that is told.
func (d *draft) language(code string) {
	if d.Lang == "" {
		d.Lang = languageOf(code)
	}
}

// call makes the segments turns. Want says what the format holds, for a call
// in which nobody speaks.
func (d *draft) call(want string) (corpus.Example, error) {
	if d.full {
		return d.Example, fmt.Errorf("more than %d turns, which is the limit", MaxTurns)
	}
	if len(d.segments) == 0 {
		return d.Example, errors.New("no turns: nobody speaks in this transcript, want " + want)
	}
	several := nameChannels(d.segments)
	timed := !slices.ContainsFunc(d.segments, func(s segment) bool { return s.start == corpus.NoTime })
	if d.byTime && timed {
		slices.SortStableFunc(d.segments, func(a, b segment) int { return cmp.Compare(a.start, b.start) })
	}
	if d.sentences && several {
		d.segments = joinRuns(d.segments)
	}
	var doubtful doubts
	for i, s := range d.segments {
		d.Turns = append(d.Turns, corpus.Turn{Speaker: s.speaker, Role: s.role, Text: s.text, Start: s.start, End: s.end})
		doubtful.add(i+1, s.noSpeech, s.logProb, s.compression)
	}
	doubtful.warn(&d.Example)
	return d.Example, nil
}

// nameChannels makes channels speakers where there are several, and reports
// whether there are. One channel alone does not tell who speaks on it.
func nameChannels(segments []segment) bool {
	speakers := map[string]map[string]bool{}
	crowded := false
	for _, s := range segments {
		if speakers[s.channel] == nil {
			speakers[s.channel] = map[string]bool{}
		}
		speakers[s.channel][s.speaker] = true
		crowded = crowded || len(speakers[s.channel]) > 1
	}
	if len(speakers) < 2 {
		return false
	}
	for i := range segments {
		s := &segments[i]
		name := s.channel
		if strings.Trim(name, "0123456789") == "" {
			name = "channel " + name
		}
		switch {
		case s.channel == "":
		case crowded && s.speaker != "":
			s.speaker = name + " speaker " + s.speaker
		default:
			s.speaker = name
		}
	}
	return true
}

// joinRuns makes one segment of each run of a speaker.
func joinRuns(segments []segment) []segment {
	var d draft
	t := talk{draft: &d}
	for _, s := range segments {
		t.word(s, false)
	}
	t.flush()
	return d.segments
}

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

// plainSegment is text of which neither speaker nor time is known.
func plainSegment(text string) segment {
	return segment{text: text, start: corpus.NoTime, end: corpus.NoTime}
}

// speakerName returns a speaker's name or number; recognisers write "?" or
// "UU" where they could not tell.
func speakerName(v value) string {
	name := v.line()
	if name == "?" || name == "UU" {
		return ""
	}
	return name
}

// fromWords returns who said most of the words, the first of them on a tie,
// and when they begin and end.
func fromWords(words value) (speaker string, start, end int64) {
	start, end = corpus.NoTime, corpus.NoTime
	votes := map[string]int{}
	var order []string
	for w := range words.items() {
		if name := speakerName(w.get("speaker")); name != "" {
			if votes[name] == 0 {
				order = append(order, name)
			}
			votes[name]++
		}
		if start == corpus.NoTime {
			start = seconds(w.get("start"))
		}
		if at := seconds(w.get("end")); at != corpus.NoTime {
			end = at
		}
	}
	for _, name := range order {
		if votes[name] > votes[speaker] {
			speaker = name
		}
	}
	return speaker, start, end
}
