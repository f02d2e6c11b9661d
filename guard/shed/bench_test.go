package shed

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// The bar of Admit and of the middleware is 100 ns and no allocation, with the heartbeat looked at.
func BenchmarkAdmit(b *testing.B) {
	c := beating(b)
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		c.Admit(Normal)
	}
}

func BenchmarkAdmitParallel(b *testing.B) {
	c := beating(b)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			c.Admit(Normal)
		}
	})
}

func BenchmarkHandler(b *testing.B) {
	h := beating(b).Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/things", nil)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		h.ServeHTTP(w, r)
	}
}

// beating returns a controller that looks at a clock for each request, as with a real heartbeat.
func beating(b *testing.B) *Controller {
	b.Helper()
	start := time.Now()
	c, err := New(Config{Age: func() time.Duration { return min(time.Since(start), time.Millisecond) }})
	if err != nil {
		b.Fatal(err)
	}
	return c
}
