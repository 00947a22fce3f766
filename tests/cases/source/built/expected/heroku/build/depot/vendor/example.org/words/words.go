// Package words has what the programs say.
package words

// Vendored is a word.
const Vendored = "vendored"
