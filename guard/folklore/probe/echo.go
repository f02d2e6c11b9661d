package probe

import (
	"errors"
	"io"
	"net"
	"time"
)

// Echo returns a loopback connection to a goroutine of this process that sends back what it gets, until the connection is closed.
func Echo() (net.Conn, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	client, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	server, err := listener.Accept()
	if err = errors.Join(err, listener.Close()); err != nil {
		return nil, errors.Join(err, client.Close())
	}
	go func() {
		defer server.Close()
		io.Copy(server, server) // ends with an error or not, as the client closes
	}()
	return client, nil
}

// RoundTrips sends a byte and waits for its return, again and again for about length, with pauses of 2 ms: without them one lucky trip, which finds
// everything in place, would be followed by thousands that ride in the same slice, and they would be all that is counted.
func RoundTrips(client net.Conn, length time.Duration) (Delays, error) {
	var delays Delays
	b := []byte{1}
	for start := time.Now(); time.Since(start) < length; {
		time.Sleep(2 * time.Millisecond)
		sent := time.Now()
		if _, err := client.Write(b); err != nil {
			return delays, err
		}
		if _, err := io.ReadFull(client, b); err != nil {
			return delays, err
		}
		delays = append(delays, time.Since(sent))
	}
	return delays, nil
}
