package rtos

// StackUse tells about the stack of a goroutine, in bytes.
type StackUse struct {
	Size int // without guard and control block; 0 when the goroutine has ended
	Used int // at the deepest so far; 0 in a program that is not built with -tags=mote.checkstack
}

// Stack looks at the stack of g. Not for handlers. Time: proportional to the number of goroutines and, where Used is known, the size of
// the stack.
func (g Goroutine) Stack() StackUse {
	size, used := g.task.stack()
	return StackUse{Size: int(size), Used: int(used)}
}
