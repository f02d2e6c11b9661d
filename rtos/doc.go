// Package rtos is the firmware's view of the real-time kernel: tasks with fixed priorities, locks, semaphores, event flags, and
// channels with deadlines.
package rtos
