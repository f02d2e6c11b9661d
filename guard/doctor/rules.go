package doctor

import "fmt"

// Rule is a kind of finding.
type Rule struct {
	ID       string   `json:"id"` // for sources: analyzer/category
	Severity Severity `json:"severity"`
	Why      string   `json:"why"`
	Do       string   `json:"do"`
}

// Rules lists all rules: those for sources in the order of the analyzers, then those for binaries and processes.
func Rules() []Rule { return append(append(sourceRules(), binaryRules()...), processRules()...) }

// ruleByID returns a rule of the table; one that is not there is a mistake in this package.
func ruleByID(id string) Rule {
	for _, r := range Rules() {
		if r.ID == id {
			return r
		}
	}
	panic(fmt.Sprintf("doctor: no rule %q", id))
}

func sourceRules() []Rule {
	return []Rule{
		{"afterloop/leak", Warning, "before Go 1.23 each timer stays in its processor's heap until it fires; thousands of them make all timers slow",
			"make one time.Timer before the loop and Reset it, or raise the go line in go.mod to 1.23"},
		{"afterloop/garbage", Info, "a channel and a timer are allocated in each pass", "make one time.Timer before the loop and Reset it"},
		{"busyloop/spin", Warning, "the loop holds its processor for whole slices, 10 ms and more, while what it waits for may be in the queue behind it",
			"wait on a channel, a sync.Cond or a sync.WaitGroup"},
		{"busyloop/yield", Warning, "a goroutine that yields is runnable again at once, so its processor never rests and does not ask the network poller; the monitor thread does so every 10 ms",
			"wait on a channel, a sync.Cond or a sync.WaitGroup; where it must be polled, sleep between looks"},
		{"busyloop/clock", Warning, "the loop holds its processor until the time has come", "use time.Sleep or a timer"},
		{"busyloop/lock", Warning, "the loop holds its processor and takes the lock from those who would end its waiting", "use a sync.Cond with the same lock, or a channel"},
		{"busyloop/empty", Error, "the loop holds a processor for ever", "use select {} to block for ever"},
		{"lockagain/read", Error, "a writer that waits between the two RLock calls stops the second one, and is itself stopped by the first",
			"split the method into one that locks and one for callers that hold the lock"},
		{"lockagain/upgrade", Error, "Lock waits for all readers, this goroutine among them", "take Lock from the beginning, or release RLock first and check again"},
		{"lockagain/deadlock", Error, "the goroutine waits for itself", "split the method into one that locks and one for callers that hold the lock"},
		{"locksleep/sleep", Warning, "everyone who needs the lock sleeps too, while processors are free", "release the lock before sleeping"},
		{"locksleep/receive", Warning, "everyone who needs the lock waits for another goroutine, which may need the lock itself", "receive before locking, or after unlocking"},
		{"locksleep/wait", Warning, "everyone who needs the lock waits for the work of others, which may need the lock itself", "wait before locking, or after unlocking"},
		{"locksleep/io", Warning, "everyone who needs the lock waits for the network, for as long as its time-out lasts",
			"copy what the call needs under the lock, release it, and call; singleflight where only one call may run"},
		{"lockthread/needless", Info, "each switch to and from a locked goroutine is one of threads, tens of times dearer than one of goroutines", "remove the call"},
		{"lockthread/unpaired", Warning, "the thread ends with the goroutine, and until then each switch to and from it is one of threads", "remove the call, or unlock with defer"},
		{"maxprocs/constant", Warning, "the number is wrong on another machine and under another quota", "leave it to the runtime (Go 1.25 follows quotas), or to the environment variable"},
		{"maxprocs/lowered", Warning, "fewer processors make goroutines wait longer; the rest is reserved for nothing", "leave it to the runtime; give other programs their share by cgroup weight or nice"},
		{"maxprocs/numcpu", Info, "the call overrides the environment variable and what the runtime knows of quotas", "remove the call"},
		{"tickerleak/ticker", Warning, "a forgotten ticker wakes a processor at its rate for ever", "defer its Stop, or raise the go line in go.mod to 1.23"},
		{"tickerleak/tick", Warning, "a forgotten ticker wakes a processor at its rate for ever", "use time.NewTicker and defer its Stop, or raise the go line in go.mod to 1.23"},
		{"unboundedgo/accept", Info, "under overload the run queue grows with the connections, and all of them are served late",
			"limit connections (golang.org/x/net/netutil.LimitListener), or shed load before the handler's work"},
		{"unboundedgo/channel", Info, "under overload the run queue grows with the messages, and all of them are worked on late",
			"start a fixed number of workers, or take a token from a semaphore before go"},
	}
}
