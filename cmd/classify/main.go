// Command classify learns from labelled call transcripts and scores new ones,
// offline.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, enterSandbox))
}
