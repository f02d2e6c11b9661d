// Package raw makes the system calls of each sample, and of each look of the watchdog, without telling the scheduler. An ordinary system call lets the scheduler take the processor
// away; beside many endless loops the sampler then waits behind all of them for another: 70 to 390 ms were lost that way in calls that take a
// microsecond. A raw one keeps the processor, and must therefore be one that never waits, or briefly. Reading files is none: the kernel has locks there.
package raw
