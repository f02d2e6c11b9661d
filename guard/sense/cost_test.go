package sense

import (
	"testing"
	"time"
)

// sampling is a sampler that takes samples only when told to.
func sampling(t testing.TB) *Sampler {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestSampleDoesNotAllocate(t *testing.T) {
	s := sampling(t)
	s.observe = func(Sample) {}
	if n := testing.AllocsPerRun(200, func() {
		s.slowAt = time.Time{}
		s.take(time.Now(), 0)
	}); n != 0 {
		t.Errorf("%v allocations a sample, want none", n)
	}
}

func BenchmarkSample(b *testing.B) {
	s := sampling(b)
	s.observe = func(Sample) {}
	for name, slow := range map[string]time.Time{"quick": time.Now().Add(time.Hour), "slow": {}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				s.slowAt = slow
				s.take(time.Now(), 0)
			}
		})
	}
}
