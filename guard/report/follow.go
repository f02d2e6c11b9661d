package report

import (
	"strings"
	"time"

	"golang.org/x/exp/trace"
)

// state is what a goroutine is doing, as far as a report cares.
type state uint8

const (
	gone state = iota // does not exist, or not known yet
	runnable
	running
	waiting
	syscalling
)

// reason says more about a span.
type reason uint8

const (
	plain      reason = iota
	onLock            // waiting: for a sync.Mutex or sync.RWMutex
	onGC              // waiting: for the collector, in order to allocate
	assisting         // running: helps the collector in order to allocate
	stopping          // running: has stopped the world
	stoppingGC        // running: has stopped the world for the collector
	collecting        // running: a worker of the collector
	signals           // syscalling: os/signal waits for the next one
)

// span is a stretch of a goroutine's life in one state.
type span struct {
	from, to  int64 // nanoseconds
	lost      int64 // syscalling: when the processor was taken away; 0 if the goroutine had none
	waker     *goroutine
	stack     stackID // where the goroutine stopped running: at the end if running, else at the beginning
	wakeStack stackID // waiting: where waker was
	note      int32   // index of the region or task it was in
	state     state
	why       reason
	exact     bool // running: it was preempted, so that stack is where it computed
}

// sample is a CPU sample: where the goroutine was running at a moment.
type sample struct {
	at    int64
	stack stackID
}

// goroutine is what is known about one of them.
type goroutine struct {
	id      trace.GoID
	spans   []span // in order, without gaps
	samples []sample
	cur     span
	entry   stackID // where it started
	near    stackID // of the last event in the present run
	why     reason  // of running, while a range lasts
	at      stackID // where that range began
	worker  bool
	proc    trace.ProcID
	regions []int32
	task    int32
	label   int32
}

// standstill is for how long a process that computes must have had no event at all to be taken for stopped from outside. The runtime has runs that long
// preempted several times.
const standstill = int64(40 * time.Millisecond)

// follower turns events into the life of each goroutine.
type follower struct {
	stacks      *stacks
	gs          map[trace.GoID]*goroutine
	list        []*goroutine                // all, in the order of appearance
	on          map[trace.ProcID]*goroutine // who had each processor last
	names       []string                    // of regions, tasks and labels; the first is none
	nameIDs     map[string]int32
	tasks       map[trace.TaskID]int32
	gaps        [][2]int64 // in which there was no event at all, of at least standstill
	first, last int64
	events      int
	procs       int
	samples     int
}

func newFollower() *follower {
	return &follower{stacks: newStacks(), gs: map[trace.GoID]*goroutine{}, on: map[trace.ProcID]*goroutine{}, names: []string{""}, nameIDs: map[string]int32{"": 0},
		tasks: map[trace.TaskID]int32{}}
}

func (f *follower) event(ev trace.Event) {
	now := int64(ev.Time())
	if ev.Kind() == trace.EventSync {
		f.stacks.forget()
		return // its time is that of the file, not of something that happened
	}
	if f.events == 0 {
		f.first = now
	}
	if f.events++; now-f.last >= standstill && f.last != 0 {
		f.gaps = append(f.gaps, [2]int64{f.last, now})
	}
	f.last = max(f.last, now)
	switch ev.Kind() {
	case trace.EventStateTransition:
		f.transition(ev, now)
	case trace.EventRangeBegin, trace.EventRangeActive, trace.EventRangeEnd:
		f.ranges(ev, now)
	case trace.EventStackSample:
		f.sample(ev, now)
	case trace.EventMetric:
		if m := ev.Metric(); m.Name == "/sched/gomaxprocs:threads" && m.Value.Kind() == trace.ValueUint64 {
			f.procs = max(f.procs, int(m.Value.Uint64()))
		}
	default:
		f.annotation(ev)
	}
}

func (f *follower) transition(ev trace.Event, now int64) {
	st := ev.StateTransition()
	switch st.Resource.Kind {
	case trace.ResourceProc:
		if _, to := st.Proc(); to == trace.ProcIdle {
			f.lose(st.Resource.Proc(), now)
		}
	case trace.ResourceGoroutine:
		f.goroutine(ev, st, now)
	}
}

// lose notes that the goroutine in a system call on processor p has it no longer.
func (f *follower) lose(p trace.ProcID, now int64) {
	if g := f.on[p]; g != nil && g.cur.state == syscalling && g.cur.lost == 0 {
		g.cur.lost = now
	}
	delete(f.on, p)
}

func (f *follower) goroutine(ev trace.Event, st trace.StateTransition, now int64) {
	from, to := st.Goroutine()
	g := f.get(st.Resource.Goroutine(), now)
	by := f.gs[ev.Goroutine()]
	var byStack stackID
	if by != nil && by != g {
		byStack = f.stacks.id(ev.Stack())
		by.near = byStack
	}
	if from == trace.GoNotExist {
		g.entry = f.stacks.id(st.Stack)
	}
	if from == to {
		return // the status again at the beginning of a generation
	}
	stack := f.stacks.id(st.Stack)
	f.end(g, stack, from == trace.GoRunning && to == trace.GoRunnable, by, byStack, now)
	g.cur = span{from: now, state: stateOf(to), stack: stack, note: g.note()}
	switch g.cur.state {
	case waiting:
		g.cur.why = f.waitReason(st.Reason, stack)
	case syscalling:
		if f.stacks.has(stack, "os/signal.signal_recv", "os/signal.loop") {
			g.cur.why = signals
		}
	case running:
		f.start(g, ev.Proc())
	case gone:
		g.regions, g.task = nil, 0
	}
}

// start opens a run, which goes on with a range that the last run was in.
func (f *follower) start(g *goroutine, p trace.ProcID) {
	g.near = noStack
	g.cur.why, g.cur.stack = g.why, g.at
	if g.worker {
		g.cur.why = collecting
	}
	if p != trace.NoProc {
		g.proc = p
		f.on[p] = g
	}
}

// end closes the present span. stack is where the goroutine is now, if the event says so.
func (f *follower) end(g *goroutine, stack stackID, preempted bool, by *goroutine, byStack stackID, now int64) {
	s := g.cur
	s.to = now
	switch s.state {
	case gone:
		return
	case running:
		if s.why == plain || s.stack == noStack {
			s.stack, s.exact = stack, preempted && stack != noStack
			if stack == noStack {
				s.stack = g.near
			}
		}
	case waiting:
		if by != g {
			s.waker, s.wakeStack = by, byStack
		}
	case syscalling:
		if s.lost == 0 {
			s.lost = now
		}
	}
	if s.to > s.from {
		g.spans = append(g.spans, s)
	}
}

// split ends the run of g so that the rest of it counts for another reason.
func (f *follower) split(g *goroutine, now int64, at stackID, why reason) {
	g.why, g.at = why, noStack
	if why != plain {
		g.at = at
	}
	if g.cur.state != running {
		return
	}
	f.end(g, at, true, nil, noStack, now)
	g.cur = span{from: now, state: running, why: why, stack: g.at, note: g.note()}
	if g.worker && why == plain {
		g.cur.why = collecting
	}
}

func (f *follower) ranges(ev trace.Event, now int64) {
	r := ev.Range()
	if r.Scope.Kind != trace.ResourceGoroutine {
		return
	}
	var why reason
	switch {
	case r.Name == "GC mark assist":
		why = assisting
	case strings.HasPrefix(r.Name, "stop-the-world (GC "):
		why = stoppingGC
	case strings.HasPrefix(r.Name, "stop-the-world"):
		why = stopping
	default:
		return
	}
	g := f.get(r.Scope.Goroutine(), now)
	at := f.stacks.id(ev.Stack())
	if ev.Kind() == trace.EventRangeEnd {
		if at == noStack {
			at = g.at
		}
		f.split(g, now, at, plain)
		return
	}
	f.split(g, now, at, why)
}

func (f *follower) sample(ev trace.Event, now int64) {
	f.samples++
	if g := f.gs[ev.Goroutine()]; g != nil {
		g.samples = append(g.samples, sample{now, f.stacks.id(ev.Stack())})
	}
}

// annotation notes regions, tasks and labels.
func (f *follower) annotation(ev trace.Event) {
	g := f.gs[ev.Goroutine()]
	if g == nil {
		return
	}
	switch ev.Kind() {
	case trace.EventRegionBegin:
		g.regions = append(g.regions, f.name("region "+ev.Region().Type))
	case trace.EventRegionEnd:
		if n := len(g.regions); n > 0 {
			g.regions = g.regions[:n-1]
		}
	case trace.EventTaskBegin:
		t := ev.Task()
		f.tasks[t.ID] = f.name("task " + t.Type)
		g.task = f.tasks[t.ID]
	case trace.EventTaskEnd:
		delete(f.tasks, ev.Task().ID)
		g.task = 0
	case trace.EventLabel:
		l := ev.Label()
		g.label = f.name(l.Label)
		if strings.HasPrefix(l.Label, "GC (") {
			g.worker = true
			if g.cur.state == running {
				g.cur.why = collecting
			}
		}
	default:
		return
	}
	if g.cur.state == running {
		g.cur.note = g.note()
		g.near = f.stacks.id(ev.Stack())
	}
}

// finish ends what still goes on at the end of the trace.
func (f *follower) finish() {
	for _, g := range f.list {
		f.end(g, noStack, false, nil, noStack, f.last)
		g.cur = span{}
	}
	if f.procs == 0 {
		f.procs = 1
	}
	f.stacks.forget()
}

func (f *follower) get(id trace.GoID, now int64) *goroutine {
	g := f.gs[id]
	if g == nil {
		g = &goroutine{id: id, cur: span{from: now}, proc: trace.NoProc}
		f.gs[id] = g
		f.list = append(f.list, g)
	}
	return g
}

// name interns the name of a region, task or label.
func (f *follower) name(s string) int32 {
	const most = 1 << 16
	if id, ok := f.nameIDs[s]; ok {
		return id
	}
	if len(f.names) >= most {
		return 0
	}
	id := int32(len(f.names))
	f.names = append(f.names, s)
	f.nameIDs[s] = id
	return id
}

// note is the innermost thing that says what the goroutine is doing.
func (g *goroutine) note() int32 {
	switch n := len(g.regions); {
	case n > 0:
		return g.regions[n-1]
	case g.task != 0:
		return g.task
	}
	return g.label
}

func stateOf(s trace.GoState) state {
	switch s {
	case trace.GoRunnable:
		return runnable
	case trace.GoRunning:
		return running
	case trace.GoWaiting:
		return waiting
	case trace.GoSyscall:
		return syscalling
	}
	return gone
}

// waitReason sorts a wait by the runtime's words for it and by who called.
func (f *follower) waitReason(words string, stack stackID) reason {
	switch {
	case words == "sync" && f.stacks.has(stack, "sync.(*Mutex).Lock", "sync.(*RWMutex).Lock", "sync.(*RWMutex).RLock"):
		return onLock
	case words == "GC mark assist wait for work", words == "wait until GC ends":
		return onGC
	}
	return plain
}
