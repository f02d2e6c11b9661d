package kernel

// Rows is the table, in the order of printing.
func Rows() []Row {
	const insns = "instructions"
	return []Row{
		{"yield", "cooperative yield, switch to the other task", insns, 55, 57, 66, operation("yield")},
		{"yield_guards", "the same where the guards of the two have different sizes", insns, 55, 57, 66, operation("yieldguards")},
		{"channel_wake", "channel send that wakes a higher-priority receiver", insns, 180, 300, 0, operation("chanwake")},
		{"semaphore_wake", "semaphore give that wakes a higher-priority taker", insns, 130, 229, 0, operation("semwake")},
		{"message", "16-byte message send + receive, no switch", insns, 120, 194, 124, operation("message")},
		{"semaphore", "semaphore put + get", insns, 50, 120, 55, operation("sema")},
		{"interrupt_wake", "interrupt: handler entry to woken goroutine running", insns, 150, 206, 0, operation("irqwake")},
		{"pool", "pool alloc + free", insns, 24, 256, 59, operation("pool")},
		{"create", "goroutine create (static stack)", insns, 200, 554, 0, operation("create")},
		{"create_slot", "goroutine create (slot), go statement", insns, 200, 554, 0, operation("creatego")},
		{"create_slot_task", "goroutine create (slot), rtos.Go", insns, 200, 554, 0, operation("createtask")},
		{"masked", "longest stretch with interrupts masked, these programs", insns, 60, 0, 0, longestMasked},
		{"latency", "interrupt latency at most, nothing else runs", insns, NoBar, 0, 0, latency("latency")},
		{"gc_latency", "interrupt latency while the collector runs, beyond that without", insns, 0, 0, 0, moreLatency},
		{"flash", "kernel flash: scheduler, channels, timers, mutex (-opt=z)", "bytes", 8 << 10, 7021, 0, flash},

		{"metric_cooperative", "Thread-Metric: cooperative", insns, NoBar, 57, 66, iteration("cooperative", 400*5)},
		{"metric_preemptive", "Thread-Metric: preemptive", insns, NoBar, 271, 222, iteration("preemptive", 400*5)},
		{"metric_interrupt", "Thread-Metric: interrupt + semaphore", insns, NoBar, 122, 98, iteration("interrupt", 400)},
		{"metric_interrupt_preemptive", "Thread-Metric: interrupt wakes thread", insns, NoBar, 350, 290, iteration("interruptpreemptive", 400)},
		{"metric_message", "Thread-Metric: 16-byte message", insns, NoBar, 194, 124, iteration("message", 400)},
		{"metric_synchronisation", "Thread-Metric: semaphore put + get", insns, NoBar, 120, 55, iteration("synchronisation", 400)},
		{"metric_memory", "Thread-Metric: 128-byte block", insns, NoBar, 256, 59, iteration("memory", 400)},
	}
}

// programs are those whose masked stretches are measured: all that use the kernel.
func programs() []string {
	return []string{"yield", "yieldguards", "chanwake", "semwake", "message", "sema", "irqwake", "pool", "create", "creatego", "createtask", "flash", "gclatency", "crowd",
		"metric/cooperative", "metric/preemptive", "metric/interrupt", "metric/interruptpreemptive", "metric/message",
		"metric/synchronisation", "metric/memory"}
}
