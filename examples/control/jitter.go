package main

import "runtime"

// jitter is by how much the time between two rounds differs from the period, in nanoseconds.
type jitter struct {
	min, max, sum int64
	count, missed int
}

// add takes in the time between two rounds.
func (j *jitter) add(between int64) {
	off := max(between-int64(period), int64(period)-between)
	if j.count == 0 {
		j.min = off
	}
	j.min, j.max = min(j.min, off), max(j.max, off)
	j.sum += off
	j.count++
}

func (j *jitter) mean() int64 { return j.sum / int64(max(j.count, 1)) }

// collections is how often the collector has run.
func collections() uint32 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.NumGC
}
