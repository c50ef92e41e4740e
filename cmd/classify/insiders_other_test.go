//go:build !linux || !(amd64 || arm64)

package main

func insiders() map[string]func() { return nil }
