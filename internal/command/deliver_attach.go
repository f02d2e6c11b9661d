package command

import (
	"fmt"
	"os"

	"mote/deliver/bundle"
)

// writeMessage writes the bytes that a signature of a bundle is over, for keys that mote cannot read: in a hardware module, or behind OpenSSL.
func writeMessage(dir, out string) error {
	e, err := bundle.ReadEnvelope(dir)
	if err != nil {
		return err
	}
	return os.WriteFile(out, bundle.PAE(e.PayloadType, e.Payload), 0o644)
}

// attach adds a signature that was made elsewhere, by the key whose public part is in a PEM file.
func attach(dir, signature, public string) error {
	text, err := os.ReadFile(public)
	if err != nil {
		return err
	}
	key, err := bundle.ParsePublicKey(text)
	if err != nil {
		return fmt.Errorf("%s: %w", public, err)
	}
	sig, err := os.ReadFile(signature)
	if err != nil {
		return err
	}
	if err := bundle.AttachTo(dir, key, sig); err != nil {
		return fmt.Errorf("%s: %w", signature, err)
	}
	return nil
}
