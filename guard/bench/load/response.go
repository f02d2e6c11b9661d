package load

import (
	"bytes"
	"errors"
	"strconv"
)

// response collects one HTTP/1.1 response (RFC 9112) in a fixed buffer: status line, headers and a body with Content-Length. It knows no chunked
// bodies, which a server that answers in one line does not send.
type response struct {
	buf [1024]byte
	n   int
}

// room is where the next bytes are to be read to.
func (r *response) room() []byte { return r.buf[r.n:] }

var errResponse = errors.New("not an HTTP/1.1 response of known length below 1 KiB")

// took takes the n bytes just read into room. When they complete the response, its status is returned and the buffer is empty again.
func (r *response) took(n int) (status Status, complete bool, err error) {
	r.n += n
	head := bytes.Index(r.buf[:r.n], []byte("\r\n\r\n"))
	if head < 0 {
		return 0, false, r.full()
	}
	code, length, err := parseHead(r.buf[:head+2])
	if err != nil {
		return 0, false, err
	}
	if total := head + 4 + length; r.n < total {
		return 0, false, r.full()
	} else if r.n > total {
		return 0, false, errResponse // of two responses to one request
	}
	r.n = 0
	return statusOf(code), true, nil
}

// full is an error when there is no room for what is missing.
func (r *response) full() error {
	if r.n == len(r.buf) {
		return errResponse
	}
	return nil
}

// statusOf tells what a status code means here: 503 and 429 are what servers refuse with.
func statusOf(code int) Status {
	switch code {
	case 200:
		return Served
	case 503, 429:
		return Refused
	}
	return Broken
}

// parseHead returns the status code and the content length from the status line and the headers, each ended by CR LF.
func parseHead(head []byte) (code, length int, err error) {
	const version = "HTTP/1.1 "
	if len(head) < len(version)+3 || string(head[:len(version)]) != version {
		return 0, 0, errResponse
	}
	code, err = strconv.Atoi(string(head[len(version) : len(version)+3]))
	if err != nil {
		return 0, 0, errResponse
	}
	const field = "\r\nContent-Length: "
	at := bytes.Index(head, []byte(field))
	if at < 0 {
		return 0, 0, errResponse
	}
	digits := head[at+len(field):]
	digits = digits[:bytes.IndexByte(digits, '\r')]
	length, err = strconv.Atoi(string(digits))
	if err != nil || length < 0 {
		return 0, 0, errResponse
	}
	return code, length, nil
}
