package bundle

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mote/internal/need"
)

// openssl runs OpenSSL 3 in dir and returns what it prints.
func openssl(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// raw are the options with which OpenSSL signs and verifies messages as bundles want it.
func raw(a Algorithm) []string {
	if a == SM2 {
		return []string{"-rawin", "-digest", "sm3", "-pkeyopt", "distid:" + SM2ID}
	}
	return []string{"-rawin"}
}

// TestOpenSSL takes bundles both ways, with keys from either side: ours are signed here and verified there, and the other way round.
func TestOpenSSL(t *testing.T) {
	need.Tools(t, "openssl")
	if v := openssl(t, ".", "version"); !strings.HasPrefix(v, "OpenSSL 3") {
		t.Skipf("%s has other options than OpenSSL 3", strings.TrimSpace(v))
	}
	for _, a := range []Algorithm{Ed25519, SM2} {
		for _, theirs := range []bool{false, true} {
			name := string(a) + ", our key"
			if theirs {
				name = string(a) + ", key from openssl"
			}
			t.Run(name, func(t *testing.T) { bothWays(t, a, theirs) })
		}
	}
}

func bothWays(t *testing.T, a Algorithm, theirs bool) {
	f := newFixture(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "pass"), append(passphrase, '\n'))
	name := filepath.Join(dir, "key.pem")
	if theirs {
		openssl(t, dir, "genpkey", "-algorithm", string(a), "-aes-256-cbc", "-pass", "file:pass", "-out", name)
		if err := os.Chmod(name, 0o600); err != nil {
			t.Fatal(err)
		}
	} else if err := WriteKey(name, newTestKey(t, a), passphrase); err != nil {
		t.Fatal(err)
	}
	key, err := ReadKey(name, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	openssl(t, dir, "pkey", "-in", name, "-passin", "file:pass", "-pubout", "-out", "pub.pem")
	public, err := ParsePublicKey(read(t, filepath.Join(dir, "pub.pem")))
	if err != nil || public.ID != key.Public.ID || string(public.PEM()) != string(read(t, filepath.Join(dir, "pub.pem"))) {
		t.Fatalf("openssl's public key is %v (%v), ours %v", public, err, key.Public)
	}
	theyVerify(t, f, dir, key)
	weVerify(t, f, dir, public)
}

// theyVerify signs the bundle with key and has OpenSSL verify the signature, and refuse it over other bytes.
func theyVerify(t *testing.T, f *fixture, dir string, key *PrivateKey) {
	t.Helper()
	os.RemoveAll(f.dir)
	if err := Sign(f.dir, f.input, key); err != nil {
		t.Fatal(err)
	}
	e, err := ParseEnvelope(read(t, filepath.Join(f.dir, EnvelopeFile)))
	if err != nil {
		t.Fatal(err)
	}
	message := PAE(e.PayloadType, e.Payload)
	write(t, filepath.Join(dir, "pae"), message)
	write(t, filepath.Join(dir, "sig"), e.Signatures[0].Sig)
	args := append([]string{"pkeyutl", "-verify", "-pubin", "-inkey", "pub.pem", "-in", "pae", "-sigfile", "sig"}, raw(key.Public.Algorithm)...)
	if out := openssl(t, dir, args...); !strings.Contains(out, "Verified Successfully") {
		t.Errorf("openssl says %q", out)
	}
	message[len(message)-3] ^= 1
	write(t, filepath.Join(dir, "pae"), message)
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("openssl accepts a signature over other bytes: %s", out)
	}
}

// weVerify has OpenSSL sign a bundle that another key has signed, and checks that with a threshold of two.
func weVerify(t *testing.T, f *fixture, dir string, public *PublicKey) {
	t.Helper()
	os.RemoveAll(f.dir)
	if err := Sign(f.dir, f.input, f.ed); err != nil {
		t.Fatal(err)
	}
	e, err := ParseEnvelope(read(t, filepath.Join(f.dir, EnvelopeFile)))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "pae"), PAE(e.PayloadType, e.Payload))
	openssl(t, dir, append([]string{"pkeyutl", "-sign", "-inkey", "key.pem", "-passin", "file:pass", "-in", "pae", "-out", "sig"}, raw(public.Algorithm)...)...)
	if err := AttachTo(f.dir, public, read(t, filepath.Join(dir, "sig"))); err != nil {
		t.Fatal(err)
	}
	f.trust = &Trust{Name: "agent", Threshold: 2, Keys: []*PublicKey{public, f.ed.Public}}
	if _, err := f.check(State{}, noon); err != nil {
		t.Error(err)
	}
}

// TestDigestsAsOpenSSL: both digests of the statement are those that OpenSSL computes.
func TestDigestsAsOpenSSL(t *testing.T) {
	need.Tools(t, "openssl")
	f := newFixture(t)
	r, err := f.check(State{}, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Subject {
		for algorithm, want := range map[string]string{"-sha256": s.Digest.SHA256, "-sm3": s.Digest.SM3} {
			out := openssl(t, f.dir, "dgst", algorithm, "-r", s.Name)
			if got, _, _ := strings.Cut(out, " "); got != want {
				t.Errorf("%s of %s is %s, the statement says %s", algorithm, s.Name, got, want)
			}
		}
	}
}
