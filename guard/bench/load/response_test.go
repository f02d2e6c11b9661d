package load

import (
	"strings"
	"testing"
)

const okResponse = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n"

// feed gives the parser the text in pieces of n bytes.
func feed(r *response, text string, n int) (status Status, complete bool, err error) {
	for len(text) > 0 && err == nil && !complete {
		k := copy(r.room(), text[:min(n, len(text))])
		text = text[k:]
		status, complete, err = r.took(k)
	}
	return status, complete, err
}

func TestResponseInPieces(t *testing.T) {
	var r response
	for n := 1; n <= len(okResponse); n++ {
		if status, complete, err := feed(&r, okResponse, n); status != Served || !complete || err != nil {
			t.Fatalf("in pieces of %d: %v %v %v", n, status, complete, err)
		}
	}
}

func TestResponseStatus(t *testing.T) {
	for code, want := range map[string]Status{"200": Served, "503": Refused, "429": Refused, "500": Broken, "301": Broken} {
		var r response
		text := strings.Replace(okResponse, "200", code, 1)
		if status, complete, err := feed(&r, text, 1024); status != want || !complete || err != nil {
			t.Errorf("%s: %v %v %v", code, status, complete, err)
		}
	}
}

func TestResponsesThatMakeNoSense(t *testing.T) {
	for name, text := range map[string]string{
		"no HTTP":     "hello\r\n\r\n",
		"short":       "HTTP/1.1\r\n\r\n",
		"no code":     "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n",
		"no length":   "HTTP/1.1 200 OK\r\n\r\n",
		"bad length":  "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
		"minus":       "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
		"two":         okResponse + okResponse,
		"long header": "HTTP/1.1 200 OK\r\n" + strings.Repeat("x", 2000),
		"long body":   "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + strings.Repeat("x", 2000),
	} {
		var r response
		if _, complete, err := feed(&r, text, 1024); err == nil {
			t.Errorf("%s: complete %v, no error", name, complete)
		}
	}
}

func FuzzResponse(f *testing.F) {
	f.Add(okResponse, 7)
	f.Fuzz(func(t *testing.T, text string, n int) {
		var r response
		feed(&r, text, max(n, 1))
	})
}
