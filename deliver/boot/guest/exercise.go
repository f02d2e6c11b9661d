//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"mote/deliver/boot/console"
	"mote/deliver/device"
)

// readyTimeout is how long a service may take until it answers its first request; emulated, under load, and recorded it is several times slower
// than on a device.
const readyTimeout = 60 * time.Second

// requestTimeout is how long one answer may take.
const requestTimeout = 20 * time.Second

// exercise sends the workload and looks at the process in between.
func (g *guest) exercise(s *service) {
	list := g.orders.Profile.Service.Workload
	client := &http.Client{Timeout: requestTimeout, Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	defer client.CloseIdleConnections()
	if len(list) > 0 {
		if err := waitReady(client, list[0], s); err != nil {
			g.check("service answers", false, "%v", err)
			return
		}
	}
	g.inspect(s.pid)
	for _, r := range list {
		g.request(client, r, false)
	}
	if g.orders.Mode != console.ModeSandbox {
		return
	}
	for _, r := range g.orders.Profile.Service.Forbidden {
		g.request(client, r, true)
	}
	g.inspectAudit()
	for _, r := range list { // it still works after what was refused
		g.request(client, r, false)
	}
}

// errEnded says that the service ended while it was waited for.
var errEnded = errors.New("the service ended before it answered")

// waitReady tries r until something answers.
func waitReady(client *http.Client, r device.Request, s *service) error {
	deadline := time.Now().Add(readyTimeout)
	for {
		answer, err := client.Get(r.URL)
		if err == nil {
			return answer.Body.Close()
		}
		if len(s.ended) > 0 {
			return errEnded
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("no answer within %v: %w", readyTimeout, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// recordedRepeats is how often a request is sent at most while calls are recorded: each call stops the program twice, and the tenth request makes no
// call that the first ones did not.
const recordedRepeats = 5

// repeat is how often to send r.
func (g *guest) repeat(r device.Request) int {
	n := max(r.Repeat, 1)
	if g.orders.Mode == console.ModeProfile {
		n = min(n, recordedRepeats)
	}
	return n
}

// request sends r as often as it says, stops at the first wrong answer, and reports.
func (g *guest) request(client *http.Client, r device.Request, forbidden bool) {
	result := console.Request{Method: method(r), URL: r.URL, Forbidden: forbidden}
	var err error
	start := time.Now()
	for result.Count < g.repeat(r) && err == nil {
		result.Status, result.Body, err = send(client, r)
		result.Count++
		err = compare(r, result, err)
	}
	result.Body = result.Body[:min(len(result.Body), maxReported)]
	result.MicroS = time.Since(start).Microseconds() / int64(result.Count)
	m := console.Message{Kind: console.KindRequest, OK: err == nil, Request: &result}
	if err != nil {
		g.failed = true
		m.Text = err.Error()
	}
	g.say(m)
}

func method(r device.Request) string {
	if r.Method == "" {
		return http.MethodGet
	}
	return r.Method
}

// maxReported is how much of an answer the report has.
const maxReported = 400

// maxBody is how much of an answer is looked at.
const maxBody = 64 << 10

func send(client *http.Client, r device.Request) (status int, body string, err error) {
	req, err := http.NewRequestWithContext(context.Background(), method(r), r.URL, strings.NewReader(r.Body))
	if err != nil {
		return 0, "", err
	}
	answer, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	return answer.StatusCode, string(text), err
}

// compare says how an answer differs from what was expected.
func compare(r device.Request, got console.Request, err error) error {
	if err != nil {
		return err
	}
	want := r.Status
	if want == 0 {
		want = http.StatusOK
	}
	if got.Status != want {
		return fmt.Errorf("status %d, want %d: %.200s", got.Status, want, got.Body)
	}
	if !strings.Contains(got.Body, r.Contains) {
		return fmt.Errorf("the answer does not contain %q: %.200s", r.Contains, got.Body)
	}
	return nil
}
