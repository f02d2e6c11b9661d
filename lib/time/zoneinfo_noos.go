//go:build mote

package time

// platformZoneSources lists where the time zone database may be: nowhere, there is no file system of our own.
// Programs that need zones import time/tzdata.
var platformZoneSources []string

// initLocal sets the local zone. A device has no configured zone, so local time is UTC.
func initLocal() { localLoc.name = "Local" }
