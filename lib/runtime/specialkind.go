//go:build mote

package runtime

// specialKind tells the records apart.
type specialKind uint8

const (
	specialWeak specialKind = iota
	specialFinalizer
	specialCleanup
	specialKinds
)

// specialCount counts finalizers or cleanups since start.
type specialCount struct {
	queued, executed uint32
}
