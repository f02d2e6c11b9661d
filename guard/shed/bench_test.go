package shed

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/sense"
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

// beating returns a controller whose requests look at a heartbeat.
func beating(b *testing.B) *Controller {
	b.Helper()
	heart := sense.NewHeartbeat()
	heart.Beat(time.Now().Add(time.Hour))
	c, err := New(Config{Age: func() time.Duration { return heart.Meet(time.Now()) }})
	if err != nil {
		b.Fatal(err)
	}
	return c
}
