package watch

import "time"

// verdict is what the child has to do after a look at the heartbeat.
type verdict uint8

const (
	fine    verdict = iota
	suspect         // half of the limit: note how much CPU time the threads have had
	silent          // the limit: examine and report
	over            // a beat after a silence
	abort           // end the process
	kill            // end it, now that the signal did not
)

// judge decides from beats and times alone; it has no clock. It believes in silence only as far as the child itself was awake: by what its
// sleeps are too long the silence is taken to be shorter, and after a sleep longer than the limit it begins anew.
type judge struct {
	limit, abort, kill time.Duration

	beats   uint64
	since   time.Duration // when beats was seen to change, or when judging began anew
	began   time.Duration // when the reported silence began
	stage   verdict       // fine, suspect or silent, and abort once the signal was sent
	aborted time.Duration
}

// step takes a look: the time, the count of beats, and by how much the child's sleep was longer than asked for.
//
// A silence is suspected before it is reported, in two looks at least, so that the report can say what happened in between.
func (j *judge) step(now time.Duration, beats uint64, late time.Duration) verdict {
	if beats != j.beats {
		j.beats, j.since = beats, now
		was := j.stage
		j.stage = fine
		if was >= silent {
			return over
		}
		return fine
	}
	if late > j.limit {
		j.excuse(now)
		return fine
	}
	j.since += max(0, late)
	age := now - j.since
	switch {
	case j.stage == abort:
		if now-j.aborted >= j.kill {
			return kill
		}
	case j.stage == silent:
		if j.abort > 0 && age >= j.abort {
			j.stage, j.aborted = abort, now
			return abort
		}
	case age >= j.limit && j.stage == suspect:
		j.stage, j.began = silent, j.since
		return silent
	case age >= j.limit/2 && j.stage == fine:
		j.stage = suspect
		return suspect
	}
	return fine
}

// excuse begins the limit anew: the silence up to now has an innocent reason. What was reported stays reported until there is a beat.
func (j *judge) excuse(now time.Duration) {
	j.since = now
	if j.stage == suspect {
		j.stage = fine
	}
}

// withdraw excuses a silence that was about to be reported.
func (j *judge) withdraw(now time.Duration) {
	j.stage = fine
	j.excuse(now)
}

// silence is how long the silence lasts, or lasted, in all.
func (j *judge) silence(now time.Duration) time.Duration { return now - j.began }
