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
	new  func(Queue) (Defence, error)
}

// plain is a defence that takes no notice of other queues than its own.
func plain(new func() (Defence, error)) func(Queue) (Defence, error) {
	return func(Queue) (Defence, error) { return new() }
}

// kinds lists the defences in the order of tables: none, the rivals, guard.
func kinds() []kind {
	return []kind{
		{"none", plain(newNone)},
		{"gobreaker", plain(func() (Defence, error) { return newBreaker(time.Second) })},
		{"bbr", plain(newBBR)},
		{"gozero", plain(newGoZero)},
		{"failsafe", plain(newFailsafe)},
		{"breaker-tuned", plain(func() (Defence, error) { return newBreaker(50 * time.Millisecond) })},
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

// New returns the defence of that name. queue tells of a queue in front of something that the service needs, nil if there is none: limiters of requests in
// flight notice by themselves, guard has to be told.
func New(name string, queue Queue) (Defence, error) {
	for _, k := range kinds() {
		if k.name == name {
			return k.new(queue)
		}
	}
	return nil, fmt.Errorf("unknown defence %q (there are %s)", name, strings.Join(Names(), ", "))
}
