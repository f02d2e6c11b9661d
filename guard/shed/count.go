package shed

import "sync/atomic"

// counters counts decisions by priority. A request adds to a shard that it picks at random, so that processors seldom meet at a cache line.
type counters struct {
	shard [1 << shardBits]shard
}

const shardBits = 4

// shard is as long as two cache lines, since processors fetch them in pairs.
type shard struct {
	admitted, rejected [classes]atomic.Uint64
	_                  [128 - 2*8*classes]byte
}

// add counts one decision; random is any number, of which the low bits count.
func (c *counters) add(random uint64, class int, rejected bool) {
	s := &c.shard[random&(1<<shardBits-1)]
	if rejected {
		s.rejected[class].Add(1)
	} else {
		s.admitted[class].Add(1)
	}
}

// sum returns what was decided for a priority.
func (c *counters) sum(class int) (admitted, rejected uint64) {
	for i := range c.shard {
		admitted += c.shard[i].admitted[class].Load()
		rejected += c.shard[i].rejected[class].Load()
	}
	return admitted, rejected
}

// arrived returns the number of requests by priority.
func (c *counters) arrived() (arrived [classes]uint64) {
	for class := range arrived {
		admitted, rejected := c.sum(class)
		arrived[class] = admitted + rejected
	}
	return arrived
}
