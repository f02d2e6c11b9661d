//go:build mote

package runtime

// waitReason says what a goroutine waits for; it shows in traces.
type waitReason uint8

const (
	waitNone waitReason = iota
	waitChanReceive
	waitChanReceiveNil
	waitChanSend
	waitChanSendNil
	waitSelect
	waitSelectNoCases
	waitSemacquire
	waitMutexLock
	waitRWMutexRLock
	waitRWMutexLock
	waitWaitGroup
	waitCond
	waitSleep
	waitCoroutine
	waitTimers
	waitFinalizer
	waitRTSemaphore
	waitRTMutex
	waitRTEvents
)

// waitTexts are Go's own words.
var waitTexts = [...]string{
	waitNone:           "",
	waitChanReceive:    "chan receive",
	waitChanReceiveNil: "chan receive (nil chan)",
	waitChanSend:       "chan send",
	waitChanSendNil:    "chan send (nil chan)",
	waitSelect:         "select",
	waitSelectNoCases:  "select (no cases)",
	waitSemacquire:     "semacquire",
	waitMutexLock:      "sync.Mutex.Lock",
	waitRWMutexRLock:   "sync.RWMutex.RLock",
	waitRWMutexLock:    "sync.RWMutex.Lock",
	waitWaitGroup:      "sync.WaitGroup.Wait",
	waitCond:           "sync.Cond.Wait",
	waitSleep:          "sleep",
	waitCoroutine:      "coroutine",
	waitTimers:         "timer goroutine (idle)",
	waitFinalizer:      "finalizer wait",
	waitRTSemaphore:    "rtos.Semaphore.Take",
	waitRTMutex:        "rtos.Mutex.Lock",
	waitRTEvents:       "rtos.Events.Wait",
}
