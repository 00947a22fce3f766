// Package counting is shared by the services.
package counting

// Word is the word that a service answers.
const Word = "shared"
