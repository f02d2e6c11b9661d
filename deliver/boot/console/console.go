// Package console is what the guest of the boot gate and its host say to each other: messages of the guest on the serial console, among
// whatever else the kernel and the program print there, and the orders that the host leaves in the initramfs.
//
// A message is a line `mote1 CRC32 JSON`. The kernel may print in the middle of one; the checksum finds that, and the line is then
// ordinary output. Start reading at Message and Orders.
package console

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"

	"mote/deliver/device"
)

// OrdersPath is where the initramfs has the Orders, as JSON.
const OrdersPath = "/orders.json"

// DeviceRoot is the folder of the initramfs that becomes the root of the service.
const DeviceRoot = "/device"

// Modes of a boot.
const (
	ModeBoot    = "boot"    // start the service as the device would, and send the workload
	ModeProfile = "profile" // the same, recording system calls and files
	ModeSandbox = "sandbox" // the same as boot, and send the requests that must be refused
)

// Orders are what the guest does.
type Orders struct {
	Mode    string          `json:"mode"`
	Profile *device.Profile `json:"profile"`
	Command []string        `json:"command"` // program and arguments, as paths in the service's root
	Network bool            `json:"network"` // load the drivers and configure the network card for QEMU's user network
	Serve   bool            `json:"serve"`   // after the workload, leave the service running until the host ends it
	Modules []string        `json:"modules"` // kernel modules to load first, in order, as paths in the initramfs
	Unix    int64           `json:"unix"`    // the time to set the clock to, in seconds
}

// Kinds of messages, in the order in which they come.
const (
	KindKernel    = "kernel"    // Kernel: what was booted
	KindOutput    = "output"    // Text: a line that the service printed
	KindCheck     = "check"     // Name, OK, Text: a property of the running service
	KindRequest   = "request"   // Request
	KindRecording = "recording" // Recording: of ModeProfile
	KindExit      = "exit"      // Text: how the service ended; OK when as expected
	KindReady     = "ready"     // the service stays up for the host (Serve)
	KindDone      = "done"      // OK, Text: the last message
)

// Message is one message of the guest.
type Message struct {
	Kind      string          `json:"kind"`
	OK        bool            `json:"ok"`
	Name      string          `json:"name,omitempty"`
	Text      string          `json:"text,omitempty"`
	Kernel    *Kernel         `json:"kernel,omitempty"`
	Request   *Request        `json:"request,omitempty"`
	Recording json.RawMessage `json:"recording,omitempty"`
}

// Kernel is what the guest finds itself on.
type Kernel struct {
	Release  string `json:"release"`
	Machine  string `json:"machine"`
	PageSize int    `json:"page_size"`
	LSM      string `json:"lsm"`      // as /sys/kernel/security/lsm has them
	Landlock int    `json:"landlock"` // ABI version, 0: none
	UptimeMS int64  `json:"uptime_ms"`
}

// Request is what became of one request of the workload.
type Request struct {
	Method    string `json:"method"`
	URL       string `json:"url"`
	Count     int    `json:"count"`     // how often it was sent
	Status    int    `json:"status"`    // of the last answer
	Body      string `json:"body"`      // of the last answer, its beginning
	Forbidden bool   `json:"forbidden"` // one of those that make the service try what it must not
	MicroS    int64  `json:"us"`        // on average
}

const prefix = "mote1 "

// MaxLine bounds a message: a recording is some tens of kilobytes.
const MaxLine = 1 << 20

// Encode makes a line of m, with its end. It begins on a new line, in case something was printed without an end.
func Encode(m Message) ([]byte, error) {
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "\n%s%08x %s\n", prefix, crc32.ChecksumIEEE(text), text), nil
}

// Decode reads a line, with or without its end. ok is false for a line that is no message or was damaged.
func Decode(line string) (m Message, ok bool) {
	line = strings.TrimRight(line, "\r\n")
	rest, found := strings.CutPrefix(line, prefix)
	if !found || len(line) > MaxLine {
		return m, false
	}
	sum, text, found := strings.Cut(rest, " ")
	if !found || sum != fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(text))) {
		return m, false
	}
	return m, json.Unmarshal([]byte(text), &m) == nil
}
