package train

import (
	"math"

	"callscam/classify"
	"callscam/features/arith"
)

// platt fits the calibration to held-out margins by Newton's method, with the
// smoothed targets of Platt (1999) in the form of Lin, Lin and Weng (2007).
// Both labels weigh alike, so that the probability is that of a world where
// half of the calls are scams.
func platt(margins []float64, scam []bool) classify.Calibration {
	scams, legits := 0.0, 0.0
	for _, s := range scam {
		if s {
			scams++
		} else {
			legits++
		}
	}
	high, low := (scams+1)/(scams+2), 1/(legits+2)
	a, b := 1.0, 0.0
	for range 100 {
		var ga, gb, haa, hab, hbb float64
		for i, m := range margins {
			t, share := low, 0.5/legits
			if scam[i] {
				t, share = high, 0.5/scams
			}
			p := 1 / (1 + arith.Exp(-(float64(a*m) + b)))
			d, h := float64(share*(p-t)), float64(share*math.Max(p*(1-p), 1e-12))
			ga, gb = ga+float64(d*m), gb+d
			haa, hab, hbb = haa+float64(h*m*m), hab+float64(h*m), hbb+h
		}
		haa, hbb = haa+1e-9, hbb+1e-9
		det := float64(haa*hbb) - float64(hab*hab)
		da, db := (float64(hbb*ga)-float64(hab*gb))/det, (float64(haa*gb)-float64(hab*ga))/det
		// Far from the solution Newton may overshoot: no step goes beyond 1.
		if far := math.Max(math.Abs(da), math.Abs(db)); far > 1 {
			da, db = da/far, db/far
		}
		a, b = a-da, b-db
		if math.Abs(da) < 1e-10 && math.Abs(db) < 1e-10 {
			break
		}
	}
	return classify.Calibration{Slope: math.Max(0, round(a, 6)), Intercept: round(b, 6)}
}
