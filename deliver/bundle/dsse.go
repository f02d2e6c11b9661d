package bundle

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// payloadType is DSSE's name for an in-toto statement (github.com/in-toto/attestation, spec/v1/envelope.md).
const payloadType = "application/vnd.in-toto+json"

// maxEnvelope bounds what is read before anything is known to be genuine: a statement about a hundred files is 30 KB.
const maxEnvelope = 1 << 20

// Envelope is a DSSE envelope (github.com/secure-systems-lab/dsse, protocol v1.0).
type Envelope struct {
	PayloadType string
	Payload     []byte
	Signatures  []Signature
}

// Signature is by the key with that KeyID over PAE of the envelope.
type Signature struct {
	KeyID string
	Sig   []byte
}

// wireEnvelope is an Envelope as JSON has it.
type wireEnvelope struct {
	PayloadType string          `json:"payloadType"`
	Payload     string          `json:"payload"`
	Signatures  []wireSignature `json:"signatures"`
}

type wireSignature struct {
	KeyID string `json:"keyid"`
	Sig   string `json:"sig"`
}

// PAE is DSSE's pre-authentication encoding: the bytes that signatures are over.
func PAE(payloadType string, payload []byte) []byte {
	return fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(payloadType), payloadType, len(payload), payload)
}

// Marshal writes the envelope in its one valid form: JSON without white space, in this order of keys, and a newline.
func (e *Envelope) Marshal() ([]byte, error) {
	w := wireEnvelope{e.PayloadType, base64.StdEncoding.EncodeToString(e.Payload), []wireSignature{}}
	for _, s := range e.Signatures {
		w.Signatures = append(w.Signatures, wireSignature{s.KeyID, base64.StdEncoding.EncodeToString(s.Sig)})
	}
	return canonical(w)
}

// ParseEnvelope reads what Marshal writes, and nothing else: DSSE readers may accept any JSON, but then a byte could change unnoticed.
func ParseEnvelope(data []byte) (*Envelope, error) {
	var w wireEnvelope
	if err := parseCanonical(data, &w); err != nil {
		return nil, err
	}
	e := &Envelope{PayloadType: w.PayloadType}
	var err error
	if e.Payload, err = decodeBase64(w.Payload); err != nil {
		return nil, fmt.Errorf("payload: %w", err)
	}
	for i, s := range w.Signatures {
		sig, err := decodeBase64(s.Sig)
		if err != nil {
			return nil, fmt.Errorf("signature %d: %w", i+1, err)
		}
		e.Signatures = append(e.Signatures, Signature{s.KeyID, sig})
	}
	return e, nil
}

// decodeBase64 refuses line breaks, which package base64 skips, and stray bits after the last byte.
func decodeBase64(s string) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err == nil && base64.StdEncoding.EncodeToString(b) != s {
		err = fmt.Errorf("base64 is not in its shortest form")
	}
	return b, err
}

// canonical is JSON without white space, keys in the order of the fields, and a newline. It fails for times that RFC 3339 cannot say.
func canonical(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// parseCanonical reads what canonical has written, and nothing else: unknown or repeated keys, other spellings and white space are errors.
func parseCanonical(data []byte, v any) error {
	if len(data) > maxEnvelope {
		return fmt.Errorf("%d bytes are more than %d", len(data), maxEnvelope)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	want, err := canonical(v)
	if err != nil {
		return err
	}
	if !bytes.Equal(want, data) {
		return fmt.Errorf("not in the one valid form: byte %d differs", firstDifference(want, data))
	}
	return nil
}

func firstDifference(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
