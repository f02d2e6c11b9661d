package panics

import "testing"

func TestBefore(t *testing.T) {}

func TestPanics(t *testing.T) {
	defer t.Log("deferred")
	panic("on purpose")
}

func TestAfter(t *testing.T) {}
