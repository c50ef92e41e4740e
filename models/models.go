// Package models holds what was learned: the default model, as make model
// builds it from the corpus that ships.
package models

import _ "embed"

// Default is the file of the model that serves where none is named.
//
//go:embed default.json
var Default []byte
