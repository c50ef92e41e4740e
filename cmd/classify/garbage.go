package main

import (
	"math"
	"runtime/debug"
)

// startBytes is how much memory may be taken before garbage is collected for
// the first time.
const startBytes = 160 << 20

// strideGC is how much garbage, in hundredths of what is in use, may gather
// while many calls are scored. Most of what is in use is caches.
const strideGC = 50

// delayGC puts the collection of garbage off until the program has reached its
// stride, which resume tells it: nearly all that is made before stays, and
// going through it would take a good part of the time to the first verdict.
func delayGC() (resume func()) {
	percent, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(-1)
	if limit != math.MaxInt64 {
		debug.SetGCPercent(percent)
		return func() {}
	}
	debug.SetMemoryLimit(startBytes)
	return func() {
		debug.SetGCPercent(min(percent, strideGC))
		debug.SetMemoryLimit(limit)
	}
}
