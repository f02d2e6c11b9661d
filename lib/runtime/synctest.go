//go:build mote

package runtime

import "unsafe"

// Bubbles of testing/synctest are not there; outside of one the std only asks whether it is in one.
//
// Safety: internal/synctest declares these functions without bodies and with the same signatures.

//go:linkname synctest_Run internal/synctest.Run
func synctest_Run(f func()) { fatal("testing/synctest is not supported") }

//go:linkname synctest_Wait internal/synctest.Wait
func synctest_Wait() { panic(plainError("goroutine is not in a bubble")) }

//go:linkname synctest_IsInBubble internal/synctest.IsInBubble
func synctest_IsInBubble() bool { return false }

//go:linkname synctest_associate internal/synctest.associate
func synctest_associate(p unsafe.Pointer) int { return 0 }

//go:linkname synctest_disassociate internal/synctest.disassociate
func synctest_disassociate(b unsafe.Pointer) {}

//go:linkname synctest_isAssociated internal/synctest.isAssociated
func synctest_isAssociated(p unsafe.Pointer) bool { return false }

//go:linkname synctest_acquire internal/synctest.acquire
func synctest_acquire() any { return nil }

//go:linkname synctest_release internal/synctest.release
func synctest_release(bubble any) {}

//go:linkname synctest_inBubble internal/synctest.inBubble
func synctest_inBubble(bubble any, f func()) { f() }
