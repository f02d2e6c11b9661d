package breaker

import (
	"fmt"
	"net/http"
)

// Transport makes the requests of an HTTP client through the breaker. A request fails when it gets no answer, or one with status 500, 502, 503 or 504 (RFC
// 9110, section 15.6); the answer is returned as it is. What happens while its body is read does not count. A nil next is http.DefaultTransport.
func (b *Breaker) Transport(next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return transport{b, next}
}

type transport struct {
	breaker *Breaker
	next    http.RoundTripper
}

// RoundTrip closes the body also of a request that it does not make, as http.RoundTripper has it.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	done, err := t.breaker.Allow()
	if err != nil {
		if r.Body != nil {
			r.Body.Close()
		}
		return nil, err
	}
	result := errLeft
	defer func() { done(result) }()
	response, err := t.next.RoundTrip(r)
	result = err
	if err == nil {
		result = verdict(response)
	}
	return response, err
}

// verdict is what an answer says about the server.
func verdict(r *http.Response) error {
	switch r.StatusCode {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return fmt.Errorf("status %s", r.Status)
	}
	return nil
}
