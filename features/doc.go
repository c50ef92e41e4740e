// Package features says what can be seen in a call: its words, the tactics
// that show in them with the place and polarity of each, and a vector of named
// numbers. It never sees a label, an ID, a path, a source or what a speaker is
// called, only which turns are the same speaker's.
package features
