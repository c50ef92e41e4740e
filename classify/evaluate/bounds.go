package evaluate

import (
	"math"

	"callscam/features/arith"
)

// Wilson returns the 95 % interval of a share of k in n, after Wilson (1927).
func Wilson(k, n int) [2]float64 {
	if n == 0 {
		return [2]float64{0, 1}
	}
	const z = 1.959963984540054
	p, m := float64(k)/float64(n), float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := float64(z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m)))
	return [2]float64{max(0, mid-half), min(1, mid+half)}
}

// NoneOf returns the largest share that is still likely, at 95 %, when none of
// n independent cases was seen: 1-0.05^(1/n), the exact form of the rule of
// three (Hanley and Lippman-Hand 1983).
func NoneOf(n int) float64 {
	if n == 0 {
		return 1
	}
	return -arith.Expm1(arith.Log(0.05) / float64(n))
}

// exactEnd returns the inner end of the two-sided 95 % interval after Clopper
// and Pearson (1934) for 0 of n: its upper end. For n of n the lower end is 1
// minus it.
func exactEnd(n int) float64 {
	if n == 0 {
		return 1
	}
	return -arith.Expm1(arith.Log(0.025) / float64(n))
}
