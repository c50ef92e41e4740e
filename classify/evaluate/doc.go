// Package evaluate says how right predictions are, and when a figure should
// not be believed. It sees labels, probabilities and where each call came from,
// never a call's text.
package evaluate
