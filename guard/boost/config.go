package boost

import (
	"fmt"
	"time"
)

// Config says how far and for how long to boost. The zero Config means the defaults given with each field.
type Config struct {
	// Factor is the most times GOMAXPROCS may be raised. Default 5: with two CPUs and eight goroutines that compute without end, the median
	// of requests beside them falls from 73 ms to 1 ms, and does not fall further. At least 2.
	Factor int
	// Most is the greatest GOMAXPROCS. Each processor brings memory of its own to the collector. Default 64, at least 2.
	Most int
	// Delay is how long work must wait at present for a boost, or a further step of one. Default 10 ms.
	Delay time.Duration
	// Step is the time that a step has to show its effect before the next. Default 50 ms.
	Step time.Duration
	// Hold is the least time that a boost stays. It ends then as soon as there is less work than CPUs. Default one second, at least Step.
	Hold time.Duration
	// Longest is when a boost ends even so. Default five minutes, at least Hold.
	Longest time.Duration
	// Cooldown is the least time from the end of a boost to the next. Default one second.
	Cooldown time.Duration
	// Override boosts even where the operator has set GOMAXPROCS in the environment.
	Override bool
}

func (c Config) withDefaults() (Config, error) {
	for _, f := range []struct {
		name      string
		value     *int
		byDefault int
	}{{"Factor", &c.Factor, 5}, {"Most", &c.Most, 64}} {
		if *f.value == 0 {
			*f.value = f.byDefault
		}
		if *f.value < 2 {
			return c, fmt.Errorf("boost: %s is %d, and must be at least 2, or 0 for the default", f.name, *f.value)
		}
	}
	for _, f := range []struct {
		name             string
		value            *time.Duration
		byDefault, least time.Duration
	}{
		{"Delay", &c.Delay, 10 * time.Millisecond, time.Nanosecond},
		{"Step", &c.Step, 50 * time.Millisecond, time.Nanosecond},
		{"Hold", &c.Hold, max(time.Second, c.Step), max(c.Step, 50*time.Millisecond)},
		{"Longest", &c.Longest, max(5*time.Minute, c.Hold), max(c.Hold, time.Second)},
		{"Cooldown", &c.Cooldown, time.Second, time.Nanosecond},
	} {
		if *f.value == 0 {
			*f.value = f.byDefault
		}
		if *f.value < f.least {
			return c, fmt.Errorf("boost: %s is %v, and must be at least %v, or 0 for the default", f.name, *f.value, f.least)
		}
	}
	return c, nil
}
