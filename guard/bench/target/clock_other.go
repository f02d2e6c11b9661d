//go:build !linux

package main

import "time"

// threadTime is the time of day, which is the best that can be had here.
func threadTime() time.Duration { return time.Duration(time.Now().UnixNano()) }

// usage is not known.
func usage() time.Duration { return 0 }
