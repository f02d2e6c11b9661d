package bundle

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"fmt"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// Algorithm is how a key signs.
type Algorithm string

// Algorithms.
const (
	Ed25519 Algorithm = "ed25519" // RFC 8032
	SM2     Algorithm = "sm2"     // GB/T 32918.2 with SM3 and the distinguishing id of SM2ID; the signature is ASN.1
)

// SM2ID is the distinguishing id that GM/T 0009 gives to those who have agreed on no other.
const SM2ID = "1234567812345678"

// PublicKey verifies signatures.
type PublicKey struct {
	Algorithm Algorithm
	ID        string // lower-case hexadecimal SHA-256 of the SubjectPublicKeyInfo in DER
	der       []byte
	key       crypto.PublicKey
}

// PrivateKey signs. It prints as its public part's ID.
type PrivateKey struct {
	Public *PublicKey
	key    crypto.Signer
}

// String is for messages: nothing of the secret is in it.
func (k *PrivateKey) String() string { return "private key " + k.Public.ID }

// GoString is String, for %#v.
func (k *PrivateKey) GoString() string { return k.String() }

// NewKey makes a key from the system's random numbers.
func NewKey(a Algorithm) (*PrivateKey, error) {
	switch a {
	case Ed25519:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		return newPrivateKey(key)
	case SM2:
		key, err := sm2.GenerateKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		return newPrivateKey(key)
	}
	return nil, fmt.Errorf("algorithm %q is neither %s nor %s", a, Ed25519, SM2)
}

func newPrivateKey(key any) (*PrivateKey, error) {
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("the key is neither %s nor %s", Ed25519, SM2)
	}
	public, err := newPublicKey(signer.Public())
	if err != nil {
		return nil, err
	}
	return &PrivateKey{public, signer}, nil
}

func newPublicKey(key crypto.PublicKey) (*PublicKey, error) {
	var a Algorithm
	switch k := key.(type) {
	case ed25519.PublicKey:
		a = Ed25519
	case *ecdsa.PublicKey:
		if sm2.IsSM2PublicKey(k) {
			a = SM2
		}
	}
	if a == "" {
		return nil, fmt.Errorf("the key is neither %s nor %s", Ed25519, SM2)
	}
	der, err := smx509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, err
	}
	id := sha256.Sum256(der)
	return &PublicKey{a, hex.EncodeToString(id[:]), der, key}, nil
}

// ParsePublicKey reads a PEM block PUBLIC KEY (RFC 7468, section 13), as `openssl pkey -pubout` writes it.
func ParsePublicKey(text []byte) (*PublicKey, error) {
	block, rest := pem.Decode(text)
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil, fmt.Errorf("want a PEM block PUBLIC KEY")
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%d bytes stand behind the key", len(rest))
	}
	key, err := smx509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	return newPublicKey(key)
}

// PEM is what ParsePublicKey reads.
func (k *PublicKey) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.der})
}

// Sign signs message itself, not a digest of it.
func (k *PrivateKey) Sign(message []byte) ([]byte, error) {
	if k.Public.Algorithm == SM2 {
		return k.key.Sign(rand.Reader, message, sm2.NewSM2SignerOption(true, []byte(SM2ID)))
	}
	return k.key.Sign(rand.Reader, message, crypto.Hash(0))
}

// Verify reports whether sig is this key's signature of message.
func (k *PublicKey) Verify(message, sig []byte) bool {
	switch key := k.key.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(key, message, sig)
	case *ecdsa.PublicKey:
		return sm2.VerifyASN1WithSM2(key, []byte(SM2ID), message, sig)
	}
	return false
}
