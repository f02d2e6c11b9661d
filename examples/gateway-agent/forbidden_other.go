//go:build !linux

package main

import "net/http"

// forbidden knows nothing to try: there is no sandbox here.
func forbidden(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "only on Linux", http.StatusNotImplemented)
}
