//go:build !unix

package probe

import "time"

// Used is not known on this system.
func Used() (time.Duration, bool) { return 0, false }
