package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

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
