package main

import _ "embed"

// licences are those of all modules that the program is linked with, on any of
// its systems, as make licences collects them.
//
//go:embed licences.txt
var licences string
