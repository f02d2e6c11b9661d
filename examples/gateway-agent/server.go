package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"mote/deliver/sandbox"
	"mote/deliver/selfcheck"
)

// maxValue is the largest value that the store takes, in bytes.
const maxValue = 64 << 10

// server answers requests.
type server struct {
	store   *store
	metrics *metrics
	report  *selfcheck.Report
	names   *net.Resolver
}

func newServer(s *store, report *selfcheck.Report, probe bool) http.Handler {
	srv := &server{store: s, metrics: newMetrics(), report: report, names: &net.Resolver{PreferGo: true}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", srv.health)
	mux.HandleFunc("GET /metrics", srv.writeMetrics)
	mux.HandleFunc("GET /v1/values", srv.list)
	mux.HandleFunc("GET /v1/values/{key}", srv.get)
	mux.HandleFunc("PUT /v1/values/{key}", srv.put)
	mux.HandleFunc("DELETE /v1/values/{key}", srv.remove)
	mux.HandleFunc("GET /v1/resolve/{name}", srv.resolve)
	if probe {
		mux.HandleFunc("GET /debug/forbidden", forbidden)
	}
	return srv.metrics.count(mux)
}

// health tells what the agent knows of itself.
func (s *server) health(w http.ResponseWriter, _ *http.Request) {
	status, err := sandbox.Current()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"status": "ok", "sandbox": status, "selfcheck": s.report, "limits": selfcheck.Limits()})
}

func (s *server) list(w http.ResponseWriter, _ *http.Request) {
	keys, err := s.store.keys()
	if err != nil {
		storeError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, keys)
}

func (s *server) get(w http.ResponseWriter, r *http.Request) {
	value, err := s.store.get(r.PathValue("key"))
	if err != nil {
		storeError(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(value)
}

func (s *server) put(w http.ResponseWriter, r *http.Request) {
	value, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxValue))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		http.Error(w, "the value is too large", http.StatusRequestEntityTooLarge)
		return
	}
	if err == nil {
		err = s.store.put(r.PathValue("key"), value)
	}
	if err != nil {
		storeError(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *server) remove(w http.ResponseWriter, r *http.Request) {
	if err := s.store.remove(r.PathValue("key")); err != nil {
		storeError(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// resolveTimeout is how long a look-up may take, so that a name server which is not there holds nobody up.
const resolveTimeout = 2 * time.Second

// resolve looks a name up with Go's own resolver: it reads /etc/hosts and /etc/resolv.conf and speaks DNS, without libc.
func (s *server) resolve(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), resolveTimeout)
	defer cancel()
	addresses, err := s.names.LookupHost(ctx, r.PathValue("name"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	writeJSON(w, http.StatusOK, addresses)
}

func (s *server) writeMetrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	s.metrics.write(w)
}

func storeError(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	switch {
	case errors.Is(err, errKey):
		status = http.StatusBadRequest
	case errors.Is(err, errNotFound):
		status = http.StatusNotFound
	case errors.Is(err, errFull):
		status = http.StatusInsufficientStorage
	}
	http.Error(w, err.Error(), status)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
