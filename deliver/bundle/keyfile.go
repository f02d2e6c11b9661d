package bundle

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/emmansun/gmsm/pkcs"
	"github.com/emmansun/gmsm/pkcs8"
)

// iterations of PBKDF2-HMAC-SHA256 in new key files: OWASP's advice of 2023, a third of a second.
const iterations = 600_000

// WriteKey writes a new file with mode 0600: PKCS#8 in a PEM block ENCRYPTED PRIVATE KEY, by PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC
// (RFC 8018), which OpenSSL reads. It never replaces a file.
func WriteKey(name string, key *PrivateKey, passphrase []byte) error {
	if len(passphrase) == 0 {
		return fmt.Errorf("%s: a key file needs a passphrase", name)
	}
	der, err := pkcs8.MarshalPrivateKey(key.key, passphrase, pkcs.NewPBESEncrypter(pkcs.AES256CBC, pkcs.NewPBKDF2Opts(pkcs.SHA256, 16, iterations)))
	if err != nil {
		return err
	}
	return writeNew(name, pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der}), 0o600)
}

// writeNew creates a file that is complete or not there.
func writeNew(name string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(name)
	}
	return err
}

// ReadKey reads an encrypted PKCS#8 file, as WriteKey or `openssl genpkey -aes-256-cbc` writes it. Others than the owner must have no rights to it.
// Nothing that it returns, errors included, has the passphrase or a part of the secret.
func ReadKey(name string, passphrase []byte) (*PrivateKey, error) {
	text, err := ReadSecret(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "ENCRYPTED PRIVATE KEY" {
		return nil, fmt.Errorf("%s: want a PEM block ENCRYPTED PRIVATE KEY (PKCS#8 with a passphrase)", name)
	}
	if len(passphrase) == 0 {
		return nil, fmt.Errorf("%s: the key needs its passphrase", name)
	}
	key, err := pkcs8.ParsePKCS8PrivateKey(block.Bytes, passphrase)
	if err != nil {
		return nil, fmt.Errorf("%s: the passphrase is wrong or the file is damaged", name) // err may quote what decryption gave
	}
	private, err := newPrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return private, nil
}

// ReadSecret reads a small file to which none but its owner has rights.
func ReadSecret(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: not a regular file", name)
	case info.Mode().Perm()&0o077 != 0:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("mode %#o lets others in: chmod 600 it", info.Mode().Perm())}
	}
	return io.ReadAll(io.LimitReader(f, 1<<16))
}

// ReadPassphrase reads the first line of a secret file.
func ReadPassphrase(name string) ([]byte, error) {
	text, err := ReadSecret(name)
	if err != nil {
		return nil, err
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), nil
}
