package main

import (
	"fmt"
	"net"
	"net/http"
	"strconv"

	"github.com/mote-go/mote/guard/bench/defence"
)

// server is what main needs of any server.
type server interface {
	Serve(net.Listener) error
	Stop()
}

// newServer returns the server for a protocol, with the defence of that name in front of the work.
func newServer(proto, name, dsn string, w work) (server, error) {
	if proto == "pg" {
		return newPG(dsn, name, w)
	}
	d, err := defence.New(name, nil)
	if err != nil {
		return nil, err
	}
	switch proto {
	case "http":
		return newHTTP(d, w), nil
	case "grpc":
		return newGRPC(d, w), nil
	}
	return nil, fmt.Errorf("unknown protocol %q (there are http, grpc and pg)", proto)
}

// httpServer is net/http with its defaults.
type httpServer struct{ http.Server }

// newHTTP serves the work on every path.
func newHTTP(d defence.Defence, w work) server {
	return &httpServer{http.Server{Handler: d.HTTP(handler(w))}}
}

// handler does the work and answers "ok".
func handler(w work) http.Handler {
	body := []byte("ok\n")
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if err := w(r.Context()); err != nil {
			http.Error(rw, err.Error(), http.StatusInternalServerError)
			return
		}
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		rw.Header().Set("Content-Length", strconv.Itoa(len(body)))
		rw.Write(body) // a client that has gone is none of the bench's business
	})
}

func (s *httpServer) Stop() { s.Close() }
