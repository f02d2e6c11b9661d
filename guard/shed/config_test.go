package shed

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, test := range []struct {
		name   string
		config Config
		want   string
	}{
		{"negative target", Config{Target: -time.Second}, "Target is -1s"},
		{"limit below target", Config{Target: 10 * time.Millisecond, Limit: time.Millisecond}, "Limit is 1ms"},
		{"limit below the default target", Config{Limit: time.Millisecond}, "at least Target, 10ms"},
		{"negative share", Config{MaxDrop: -0.1}, "MaxDrop is -0.1"},
		{"more than all", Config{MaxDrop: 1.5}, "MaxDrop is 1.5"},
		{"no number", Config{MaxDrop: math.NaN()}, "MaxDrop is NaN"},
		{"negative age", Config{Stale: -1}, "Stale is -1ns"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := New(test.config)
			if err == nil || c != nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("New gave %v, %v; want an error with %q", c, err, test.want)
			}
		})
	}
}

func TestNewTakesTheZeroConfig(t *testing.T) {
	c, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if c.config.Target != 10*time.Millisecond || c.config.Limit != 30*time.Millisecond || c.config.MaxDrop != 0.98 {
		t.Errorf("the defaults are %+v", c.config)
	}
}
