package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"

	"github.com/emmansun/gmsm/sm3"
)

// Digests is an in-toto DigestSet: lower-case hexadecimal by algorithm.
type Digests struct {
	SHA256 string `json:"sha256"`
	SM3    string `json:"sm3"`
}

// digest reads r to its end, once for both algorithms.
func digest(r io.Reader) (Digests, error) {
	a, b := sha256.New(), sm3.New()
	if _, err := io.Copy(io.MultiWriter(a, b), r); err != nil {
		return Digests{}, err
	}
	return Digests{hex.EncodeToString(a.Sum(nil)), hex.EncodeToString(b.Sum(nil))}, nil
}

// SHA256 is the digest of a file, in lower-case hexadecimal.
func SHA256(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}
