package kernel

// period is what lies between two interrupts of testdata/timer, in instructions: its clocks of 40 ns at one instruction a nanosecond.
const period = 997 * 40

// latency is by how much the time between two entries of the timer's handler differs from the timer's period at most. It is exact, since
// virtual time is the number of instructions.
func latency(program string) func(*Bench) (int64, error) {
	return func(b *Bench) (int64, error) {
		r, err := b.region(program)
		return max(int64(r.Max)-period, period-int64(r.Min)), err
	}
}

// moreLatency is how much longer an interrupt waits while the collector runs. Its bar is nothing.
func moreLatency(b *Bench) (int64, error) {
	without, err := latency("latency")(b)
	if err != nil {
		return 0, err
	}
	with, err := latency("gclatency")(b)
	return with - without, err
}
