//go:build mote && armv8m

package runtime

// limitWords is how many words of a saved context hold the stack limit (PSPLIM).
const limitWords = 1
