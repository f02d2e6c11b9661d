package bundle

import (
	"bytes"
	"testing"
)

// FuzzEnvelope: nothing makes ParseEnvelope panic, and what it accepts has one form.
func FuzzEnvelope(f *testing.F) {
	e := &Envelope{payloadType, []byte(`{"_type":"x"}`), []Signature{{"ab", []byte("sig")}}}
	good, err := e.Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"payloadType":"","payload":"","signatures":[]}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ParseEnvelope(data)
		if err != nil {
			return
		}
		again, err := e.Marshal()
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("%q became %q, %v", data, again, err)
		}
	})
}

// FuzzStatement: nothing that a signer could sign by mistake makes the reader panic.
func FuzzStatement(f *testing.F) {
	s := &Statement{Type: statementType, PredicateType: predicateType, Subject: []Subject{{"agent", Digests{"a", "b"}}}}
	s.Predicate.BuildDefinition.BuildType = buildType
	good, err := canonical(s)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Statement
		if err := parseCanonical(data, &s); err == nil {
			_ = s.check()
		}
	})
}

// FuzzTrust: nothing makes the reader of trust files panic, and what it accepts can be met.
func FuzzTrust(f *testing.F) {
	f.Add([]byte("name = \"agent\"\nthreshold = 1\n[[key]]\npem = '''\n-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA9SPC5jSXLiR2jFmvw+hv36fp84dARVPDhb//FBDar54=\n-----END PUBLIC KEY-----\n'''"))
	f.Add([]byte("ignore_other_signers = true"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if trust, err := parseTrust(data); err == nil && (trust.Threshold < 1 || trust.Threshold > len(trust.Keys)) {
			t.Errorf("%q: %+v", data, trust)
		}
	})
}
