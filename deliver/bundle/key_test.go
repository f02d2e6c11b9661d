package bundle

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm2"
)

func TestKeyFile(t *testing.T) {
	for _, a := range []Algorithm{Ed25519, SM2} {
		t.Run(string(a), func(t *testing.T) {
			key := newTestKey(t, a)
			name := filepath.Join(t.TempDir(), "key.pem")
			if err := WriteKey(name, key, passphrase); err != nil {
				t.Fatal(err)
			}
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v, %v", info.Mode(), err)
			}
			got, err := ReadKey(name, passphrase)
			if err != nil || got.Public.ID != key.Public.ID {
				t.Fatalf("read %v, %v; want %v", got, err, key)
			}
			keyFileErrors(t, name, key)
		})
	}
}

func keyFileErrors(t *testing.T, name string, key *PrivateKey) {
	if err := WriteKey(name, key, passphrase); err == nil {
		t.Error("a key file was replaced")
	}
	if err := WriteKey(name+"2", key, nil); err == nil {
		t.Error("a key was written without a passphrase")
	}
	for what, pass := range map[string]string{"wrong passphrase": "incorrect horse", "no passphrase": ""} {
		_, err := ReadKey(name, []byte(pass))
		if err == nil || !strings.Contains(err.Error(), name) || pass != "" && strings.Contains(err.Error(), pass) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKey(name, passphrase); err == nil || !strings.Contains(err.Error(), "0640") {
		t.Errorf("a key that others can read: %v", err)
	}
}

// TestUnencryptedKey: PKCS#8 without a passphrase is refused.
func TestUnencryptedKey(t *testing.T) {
	name := filepath.Join(t.TempDir(), "key.pem")
	text := "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n" // RFC 8032, 7.1, test 1
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKey(name, passphrase); err == nil || !strings.Contains(err.Error(), "ENCRYPTED") {
		t.Errorf("got %v", err)
	}
}

// TestKeysDoNotPrint: no verb of fmt shows the secret.
func TestKeysDoNotPrint(t *testing.T) {
	for _, a := range []Algorithm{Ed25519, SM2} {
		key := newTestKey(t, a)
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			if got, want := fmt.Sprintf(verb, key), "private key "+key.Public.ID; got != want {
				t.Errorf("%s prints %s", verb, got)
			}
		}
	}
}

// TestSM2Vector is the example of GB/T 32918.5-2017, A.2 (also draft-sca-cfrg-sm3's companion on SM2): a signature that others have made.
func TestSM2Vector(t *testing.T) {
	point, _ := hex.DecodeString("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13")
	public := sm2FromPoint(t, point)
	sig, _ := hex.DecodeString("3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA")
	if !public.Verify([]byte("message digest"), sig) {
		t.Error("the standard's signature does not verify")
	}
	if public.Verify([]byte("message digest."), sig) {
		t.Error("it verifies over another message")
	}
}

func sm2FromPoint(t *testing.T, point []byte) *PublicKey {
	t.Helper()
	key, err := sm2.NewPublicKey(point)
	if err != nil {
		t.Fatal(err)
	}
	public, err := newPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return public
}
