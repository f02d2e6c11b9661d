package sense

import (
	"sync"
	"testing"
	"time"
)

func TestHeartbeat(t *testing.T) {
	h := NewHeartbeat()
	now := time.Now()
	if age := h.Age(now.Add(time.Hour)); age != 0 {
		t.Errorf("age before the first beat is %v", age)
	}
	h.Beat(now.Add(5 * time.Millisecond))
	for _, test := range []struct{ after, want time.Duration }{{0, 0}, {5, 0}, {6, 1}, {25, 20}, {8, 3}} {
		if age := h.Meet(now.Add(test.after * time.Millisecond)); age != test.want*time.Millisecond {
			t.Errorf("age %dms after the beat is %v, want %dms", test.after, age, test.want)
		}
	}
	if worst := h.take(); worst != 20*time.Millisecond {
		t.Errorf("worst age met is %v, want 20ms", worst)
	}
	if worst := h.take(); worst != 0 {
		t.Errorf("worst age met since then is %v, want none", worst)
	}
}

func TestHeartbeatConcurrent(t *testing.T) {
	h, now := NewHeartbeat(), time.Now()
	h.Beat(now)
	var all sync.WaitGroup
	for i := 1; i <= 8; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			for n := 0; n < 1000; n++ {
				h.Meet(now.Add(time.Duration(i*n) * time.Microsecond))
			}
		}(i)
	}
	all.Wait()
	if worst := h.take(); worst != 8*999*time.Microsecond {
		t.Errorf("worst age met is %v, want 7.992ms", worst)
	}
}

func BenchmarkHeartbeatMeet(b *testing.B) {
	h, now := NewHeartbeat(), time.Now()
	h.Beat(now.Add(time.Hour))
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		h.Meet(now)
	}
}
