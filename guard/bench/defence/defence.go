// Package defence puts the ways in which people defend a server against too much load behind one interface, each set up as its own documentation
// recommends for a server (the file of each says what was chosen, why, and where it is written). guard is one of them.
package defence

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"google.golang.org/grpc"
)

// Defence is put in front of handlers. A value serves one server.
type Defence interface {
	// HTTP wraps a handler; what it refuses gets status 503 or 429.
	HTTP(next http.Handler) http.Handler
	// GRPC is the same for unary calls; what it refuses gets ResourceExhausted or Unavailable.
	GRPC() []grpc.ServerOption
	// Close ends its goroutines.
	Close() error
}

// kind is a row of the table of defences.
type kind struct {
	name string
	new  func() (Defence, error)
}

// kinds lists the defences in the order of tables: none, the rivals, guard.
func kinds() []kind {
	return []kind{
		{"none", newNone},
		{"gobreaker", func() (Defence, error) { return newBreaker(time.Second) }},
		{"bbr", newBBR},
		{"gozero", newGoZero},
		{"failsafe", newFailsafe},
		{"breaker-tuned", func() (Defence, error) { return newBreaker(50 * time.Millisecond) }},
		{"guard", newGuard},
	}
}

// Names lists the defences.
func Names() (names []string) {
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// New returns the defence of that name.
func New(name string) (Defence, error) {
	for _, k := range kinds() {
		if k.name == name {
			return k.new()
		}
	}
	return nil, fmt.Errorf("unknown defence %q (there are %s)", name, strings.Join(Names(), ", "))
}
