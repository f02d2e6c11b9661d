//go:build mote && thumb && !armv8m

package runtime

// limitWords is how many words of a saved context hold the stack limit: these cores have none.
const limitWords = 0
