//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// coro is a coroutine as package iter uses it: a goroutine that runs only while another one waits for it in coroswitch.
//
// Safety: iter declares newcoro and coroswitch by linkname and never looks into a coro.
type coro struct {
	peer *g // the one of the two that waits
	f    func(*coro)
}

// newcoro makes a coroutine that will call f at the first coroswitch.
//
//go:linkname newcoro
func newcoro(f func(*coro)) *coro {
	c := &coro{f: f}
	start := func() {
		defer coroexit(c) // also when f calls Goexit
		c.f(c)
	}
	lockSched()
	c.peer = newtask(start, 0, curg.priority)
	c.peer.reason = waitCoroutine
	kern.count++
	kern.lastID++
	c.peer.id = kern.lastID
	unlockSched()
	return c
}

// coroswitch lets the other side run and waits until it switches back or ends.
//
//go:linkname coroswitch
func coroswitch(c *coro) {
	lockSched()
	peer := c.peer
	c.peer = curg
	peer.priority = curg.priority
	readynext(peer)
	park(waitCoroutine)
}

// coroexit lets the waiting side run for good.
func coroexit(c *coro) {
	lockSched()
	peer := c.peer
	c.peer = nil
	readynext(peer)
	unlockSched()
}

// readynext makes gp ready in front of its level, so that it takes over the turn of the goroutine that is about to wait or end.
func readynext(gp *g) {
	gp.status = taskReady
	gp.reason = waitNone
	kern.queue.PushFront(&gp.link, gp.priority)
}
