//go:build mote && gc.none

package runtime

import "unsafe"

// Without a collector no object ever dies: finalizers and cleanups never run, and a weak pointer is as good as a strong one.

// SetFinalizer does nothing: the program was built without a collector.
func SetFinalizer(obj any, finalizer any) {}

// Cleanup names a cleanup that never runs.
type Cleanup struct{}

// Stop does nothing.
func (c Cleanup) Stop() {}

// AddCleanup does nothing: the program was built without a collector.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup { return Cleanup{} }

// Safety: package weak declares these functions without bodies and with the same signatures.

//go:linkname weak_runtime_registerWeakPointer weak.runtime_registerWeakPointer
func weak_runtime_registerWeakPointer(p unsafe.Pointer) unsafe.Pointer { return p }

//go:linkname weak_runtime_makeStrongFromWeak weak.runtime_makeStrongFromWeak
func weak_runtime_makeStrongFromWeak(u unsafe.Pointer) unsafe.Pointer { return u }
