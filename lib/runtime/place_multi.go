//go:build mote && multicore

package runtime

import "internal/kernel/ready"

// Where a goroutine is and may be, in the bits of g.place. Under mask.

const (
	placeCore   = 3               // on which core it runs, or did the last time
	placePin    = 3 << placeShift // to which it is pinned
	placePinned = 1 << 4          // if it is
	placeLocal  = 1 << 5          // it is ready, in the queue of a core rather than the shared one

	placeShift = 2
)

// core is where gp runs, or did the last time.
func (gp *g) core() *core { return &cores[gp.place&placeCore] }

// pin is the core that gp is pinned to, nil if any may run it.
func (gp *g) pin() *core {
	if gp.place&placePinned == 0 {
		return nil
	}
	return &cores[gp.place&placePin>>placeShift]
}

// setPin pins gp to a core, or to none if that is nil.
func (gp *g) setPin(c *core) {
	gp.place &^= placePin | placePinned
	if c != nil {
		gp.place |= placePinned | c.number()<<placeShift
	}
}

// limitCores sets which cores may run gp, which exists: one or all. With the kernel locked.
func (gp *g) limitCores(set uint8) {
	var pin *core
	for i := range cores {
		if set == 1<<i {
			pin = &cores[i]
		}
	}
	schedstart()
	m := mask()
	gp.setPin(pin)
	if c := gp.core(); gp.status == taskReady && c.cur == gp {
		c.poke() // it moves in the switch, if it has to
	} else if gp.status == taskReady {
		dequeue(gp)
		gp.insert(false)
	}
	unmask(m)
}

// interruptToCore moves the running goroutine to core 0 for package runtime/interrupt, and returns what interruptLeaveCore wants. In a handler it does
// nothing.
//
//go:linkname interruptToCore runtime/interrupt.toCore
func interruptToCore() (was uint8) {
	if handlerException() != 0 {
		return 0
	}
	m := mask()
	gp := getg()
	was = gp.place & (placePin | placePinned)
	gp.setPin(&cores[0])
	if gp.core() != &cores[0] {
		mmioStore(regICSR, icsrPendSV)
	}
	unmask(m)
	synchronize()
	return was
}

//go:linkname interruptLeaveCore runtime/interrupt.leaveCore
func interruptLeaveCore(was uint8) {
	if handlerException() != 0 {
		return
	}
	m := mask()
	gp := getg()
	gp.place = gp.place&^(placePin|placePinned) | was
	if pin := gp.pin(); pin != nil && pin != gp.core() {
		mmioStore(regICSR, icsrPendSV)
	}
	unmask(m)
	synchronize()
}

// coreNumber is the core that runs the caller.
func coreNumber() int { return int(getg().place & placeCore) }

// push puts gp into the queue of c, or into the shared one if that is nil.
//
//mote:unchecked
func (gp *g) push(c *core, front bool) {
	q := &shared
	gp.place &^= placeLocal
	if c != nil {
		q = &c.queue
		gp.place = gp.place&^placeCore | placeLocal | c.number()
	}
	if front {
		q.PushFront(&gp.link, gp.priority)
	} else {
		q.PushBack(&gp.link, gp.priority)
	}
}

// dequeue takes gp out of the queue that it is in. Under mask.
//
//mote:unchecked
func dequeue(gp *g) { gp.queue().Remove(&gp.link, gp.priority) }

// queue is the one that gp, which is ready, is in.
//
//mote:unchecked
func (gp *g) queue() *ready.Queue {
	if gp.place&placeLocal != 0 {
		return &gp.core().queue
	}
	return &shared
}

// enqueue puts gp, which has become ready, into the queue where it belongs, and requests a switch of a core that runs what is less urgent.
// Under mask.
//
//mote:unchecked
func enqueue(gp *g) { gp.insert(false) }

// enqueueNext puts gp before the others of its level. Under mask.
func enqueueNext(gp *g) { gp.insert(true) }

// insert puts gp into a queue. One that its core has not left yet stays there: until its registers are saved nobody else may take it.
//
//mote:unchecked
func (gp *g) insert(front bool) {
	c := gp.core()
	if c.cur == gp {
		gp.push(c, front)
		return
	}
	pin := gp.pin()
	gp.push(pin, front)
	if pin != nil {
		pin.offer(gp)
		return
	}
	for i := range cores {
		if other := &cores[i]; other.online && other.urgency() < c.urgency() {
			c = other
		}
	}
	c.offer(gp)
}

// offer requests a switch of c if gp is more urgent than what it runs.
//
//mote:unchecked
func (c *core) offer(gp *g) {
	if c.urgency() < int(gp.priority) {
		c.poke()
	}
}

// requeue moves gp, which is ready, to another level: where it runs to the front of it, otherwise to the end. Under mask.
func requeue(gp *g, priority uint8) {
	dequeue(gp)
	gp.priority = priority
	c := gp.core()
	gp.insert(c.cur == gp)
	if c.cur == gp {
		c.poke()
	}
}
