// Sleeplock keeps a mutex while it waits for something outside, here a pipe that is answered after 20 ms.
package main

import (
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const callers = 32

type client struct {
	mu            sync.Mutex
	replies, peer *os.File
}

func main() {
	c := &client{}
	harness.Main(harness.Mode{
		Want: []classify.Cause{classify.LockConvoy},
		Setup: func() (err error) {
			c.replies, c.peer, err = os.Pipe()
			return err
		},
		Starve: func(stop *atomic.Bool) {
			go c.answer()
			for i := 0; i < callers; i++ {
				go func() {
					for !stop.Load() {
						c.call()
					}
				}()
			}
		},
	})
}

func (c *client) call() {
	var reply [1]byte
	c.mu.Lock()
	c.replies.Read(reply[:]) // culprit
	c.mu.Unlock()            // culprit
}

// answer is the other side.
func (c *client) answer() {
	for {
		time.Sleep(20 * time.Millisecond)
		if _, err := c.peer.Write([]byte{1}); err != nil {
			return
		}
	}
}
