// Package rtos is the firmware's view of the real-time kernel: tasks with fixed priorities, locks, semaphores, event flags, and
// channels with deadlines. A task is a goroutine; go, channels, select, package sync and package time work beside it.
//
// Of several goroutines that can run, one with the highest priority does, at any moment: whatever makes a more urgent one
// ready switches to it at once. Those of one priority take turns (see SetTurn). Nothing in this package allocates,
// except Go without a stack. What a comment calls ISR-safe can also be called from interrupt handlers whose priority is
// not above the kernel's ceiling (runtime/interrupt). Times are those of Now; waiting ends at the first tick after its time, and TickLength is
// the length of one.
//
// The package has the same behaviour on the host, for tests, without priorities: there, goroutines run side by side. Start
// reading at Go, Mutex, Semaphore, Events and Send.
package rtos
