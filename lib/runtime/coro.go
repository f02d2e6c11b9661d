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
	checkTasks()
	c.peer = newtask(0)
	begin(c.peer, start, getg().priority, 0)
	c.peer.reason = waitCoroutine
	c.peer.number()
	unlockSched()
	return c
}

// coroswitch lets the other side run and waits until it switches back or ends.
//
//go:linkname coroswitch
func coroswitch(c *coro) {
	lockSched()
	peer := c.peer
	c.peer = getg()
	m := mask()
	readynext(peer)
	parkMasked(waitCoroutine, m)
}

// coroexit lets the waiting side run for good.
func coroexit(c *coro) {
	lockSched()
	peer := c.peer
	c.peer = nil
	m := mask()
	readynext(peer)
	unmask(m)
	unlockSched()
}

// readynext makes gp ready in front of its level, at the priority of the running goroutine, so that it takes over the turn of that one,
// which is about to wait or end. Under mask.
func readynext(gp *g) {
	gp.status = taskReady
	gp.reason = waitNone
	gp.priority = getg().priority
	enqueueNext(gp)
}
