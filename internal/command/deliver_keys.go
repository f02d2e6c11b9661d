package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"

	"mote/deliver/bundle"
)

// makeKey makes a key file.
func (s *signFlags) makeKey(io Streams, args []string, asJSON bool) (int, error) {
	if len(args) != 0 || len(s.keys) != 1 {
		return 0, usagef("-newkey wants the name of a file in -key, and no argument")
	}
	key, err := bundle.NewKey(bundle.Algorithm(s.newKey))
	if err != nil {
		return 0, usagef("invalid value %q for flag -newkey: want ed25519 or sm2", s.newKey)
	}
	secret, err := readPassphrase(io, s.passphrase, true)
	if err != nil {
		return statusFailed, err
	}
	name := s.keys[0]
	if err := bundle.WriteKey(name, key, secret); err != nil {
		return statusFailed, err
	}
	if err := os.WriteFile(name+".pub", key.Public.PEM(), 0o644); err != nil {
		return statusFailed, err
	}
	if asJSON {
		return statusOK, writeJSON(io.Out, bundle.Signer{Key: key.Public.ID, Algorithm: key.Public.Algorithm})
	}
	_, err = fmt.Fprintf(io.Out, "%s: %s key %s; public part in %s.pub\n", name, key.Public.Algorithm, key.Public.ID, name)
	return statusOK, err
}

func (s *signFlags) readKeys(io Streams) ([]*bundle.PrivateKey, error) {
	secret, err := readPassphrase(io, s.passphrase, false)
	if err != nil {
		return nil, err
	}
	var keys []*bundle.PrivateKey
	for _, name := range s.keys {
		k, err := bundle.ReadKey(name, secret)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// readPassphrase reads the passphrase from a file or, without echo, from the terminal; twice if it is new.
func readPassphrase(io Streams, file string, isNew bool) ([]byte, error) {
	if file != "" {
		return bundle.ReadPassphrase(file)
	}
	if io.In == nil || !term.IsTerminal(int(io.In.Fd())) {
		return nil, usagef("there is no terminal to ask for the passphrase: want -passphrase-file")
	}
	ask := func(prompt string) ([]byte, error) {
		fmt.Fprint(io.Err, prompt)
		defer fmt.Fprintln(io.Err)
		return term.ReadPassword(int(io.In.Fd()))
	}
	secret, err := ask("passphrase: ")
	if err != nil || !isNew {
		return secret, err
	}
	again, err := ask("again: ")
	if err == nil && !bytes.Equal(secret, again) {
		err = errors.New("the passphrases differ")
	}
	return secret, err
}
