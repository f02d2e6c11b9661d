package a

import "time"

type keeper struct{ ticker *time.Ticker }

func (k *keeper) start() { k.ticker = time.NewTicker(time.Second) }

func stopped(done chan bool) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-done:
			return
		}
	}
}

func forever(work func()) {
	for range time.NewTicker(time.Second).C {
		work()
	}
}

func loops(work func()) {
	for {
		<-time.Tick(time.Second)
		work()
	}
}

func given(use func(*time.Ticker)) { use(time.NewTicker(1)) }

func make() *time.Ticker { return time.NewTicker(1) }

func forgotten(done chan bool) {
	t := time.NewTicker(time.Second) // want `ticker is never stopped`
	for {
		select {
		case <-t.C:
			t.Reset(2)
		case <-done:
			return
		}
	}
}

func tick(done chan bool) {
	c := time.Tick(time.Second) // want `time.Tick in a function that returns`
	for {
		select {
		case <-c:
		case <-done:
			return
		}
	}
}
