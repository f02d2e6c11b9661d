package console

import (
	"reflect"
	"strings"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	want := Message{Kind: KindRequest, OK: true, Text: "a\nb \x00 ü", Request: &Request{URL: "http://x/", Count: 2, Status: 200}}
	line, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := Decode(strings.TrimPrefix(strings.ReplaceAll(string(line), "\n", "\r\n"), "\r\n"))
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, ok)
	}
}

func TestDamage(t *testing.T) {
	line, err := Encode(Message{Kind: KindDone, OK: true})
	if err != nil {
		t.Fatal(err)
	}
	good := strings.TrimSpace(string(line))
	for i := range good {
		bad := good[:i] + string(good[i]^1) + good[i+1:]
		if m, ok := Decode(bad); ok {
			t.Errorf("%q is read as %+v", bad, m)
		}
		if _, ok := Decode(good[:i] + "[    2.1] kernel speaks" + good[i:]); ok {
			t.Errorf("text of the kernel at byte %d is not seen", i)
		}
	}
}

func FuzzDecode(f *testing.F) {
	line, err := Encode(Message{Kind: KindKernel, Kernel: &Kernel{Release: "6.1.0"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(strings.TrimSpace(string(line)))
	f.Fuzz(func(t *testing.T, line string) {
		if m, ok := Decode(line); ok {
			if _, err := Encode(m); err != nil {
				t.Fatal(err)
			}
		}
	})
}
