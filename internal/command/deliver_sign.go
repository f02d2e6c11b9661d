package command

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"go/token"
	"os"
	"path"
	"strings"
	"time"

	"mote/deliver/bundle"
	"mote/deliver/device"
	"mote/deliver/elfgate"
	"mote/deliver/sandbox"
	"mote/internal/diag"
)

func deliverSignCommand() command {
	return command{
		name:     "sign",
		synopsis: "[flags] program | bundle",
		short:    "Make a signed bundle of a program, add signatures to a bundle, or make a key (-newkey)",
		setup: func(fs *flag.FlagSet) runner {
			var s signFlags
			s.define(fs)
			asJSON := jsonFlag(fs)
			return func(_ context.Context, io Streams, args []string) (int, error) {
				if s.newKey != "" {
					return s.makeKey(io, args, *asJSON)
				}
				if len(args) == 1 && s.message != "" {
					return statusOK, writeMessage(args[0], s.message)
				}
				if len(args) != 1 || len(s.keys) == 0 {
					return 0, usagef("want one program or bundle, and keys (-key)")
				}
				dir, err := args[0], error(nil)
				if s.signature != "" {
					err = attach(dir, s.signature, s.keys[0])
				} else {
					dir, err = s.sign(io, args[0])
				}
				if err != nil {
					return statusFailed, err
				}
				return statusOK, s.report(io, dir, *asJSON)
			}
		},
	}
}

// signFlags are the flags of sign.
type signFlags struct {
	profile    profileLoader
	out        string
	name       string
	version    uint64
	days       int
	keys       fileList
	passphrase string
	newKey     string
	extra      fileList
	trust      string
	threshold  int
	message    string
	signature  string
}

// fileList is a flag that may be given several times.
type fileList []string

func (l *fileList) String() string     { return strings.Join(*l, " ") }
func (l *fileList) Set(s string) error { *l = append(*l, s); return nil }

func (s *signFlags) define(fs *flag.FlagSet) {
	s.profile = profileFlag(fs)
	fs.StringVar(&s.out, "o", "", "write the bundle to this `folder`; program.bundle without it")
	fs.StringVar(&s.name, "name", "", "the `name` of the product, which the device's trust file has too; the profile's without it")
	fs.Uint64Var(&s.version, "version", 0, "the `number` of this release, greater than that of all before")
	fs.IntVar(&s.days, "days", 90, "how many `days` devices accept the bundle")
	fs.Var(&s.keys, "key", "sign with the key in this `file`; may be given several times")
	fs.StringVar(&s.passphrase, "passphrase-file", "", "read the passphrase of the keys from this `file`, which is only the owner's, rather than from the terminal")
	fs.StringVar(&s.newKey, "newkey", "", "make a key of this `algorithm`, ed25519 or sm2, in the file of -key, and its public part beside it")
	fs.Var(&s.extra, "extra", "put this `file` into the bundle too; may be given several times")
	fs.StringVar(&s.trust, "trust", "", "write what a device needs to accept bundles by these keys to this new `file`")
	fs.StringVar(&s.message, "message", "", "write the bytes that a signature of the bundle is over to this `file`, for a key elsewhere")
	fs.StringVar(&s.signature, "attach", "", "add the signature in this `file`, made elsewhere by the key whose public part -key names")
	fs.IntVar(&s.threshold, "threshold", 0, "how many of the keys must have signed, for -trust; all of them without it")
}

// sign makes a bundle or adds signatures to one, and returns its folder.
func (s *signFlags) sign(io Streams, arg string) (string, error) {
	keys, err := s.readKeys(io)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return arg, bundle.Countersign(arg, keys...)
	}
	in, err := s.input(arg)
	if err != nil {
		return "", err
	}
	dir := s.out
	if dir == "" {
		dir = arg + ".bundle"
	}
	if err := bundle.Sign(dir, in, keys...); err != nil {
		return "", err
	}
	if s.trust == "" {
		return dir, nil
	}
	t := &bundle.Trust{Name: in.Name, Threshold: s.threshold}
	for _, k := range keys {
		t.Keys = append(t.Keys, k.Public)
	}
	if t.Threshold == 0 {
		t.Threshold = len(keys)
	}
	return dir, bundle.WriteTrust(s.trust, t)
}

// input gathers what goes into the bundle.
func (s *signFlags) input(program string) (*bundle.Input, error) {
	profile, err := s.profile()
	if err != nil {
		return nil, err
	}
	if err := fit(program, profile); err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := profile.Encode(&text); err != nil {
		return nil, err
	}
	how, err := readRecord(program)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	in := &bundle.Input{
		Program: program, As: path.Base(profile.Service.Path), Profile: text.Bytes(), Extra: s.extra, Name: s.name, Version: s.version, Build: *how,
		Now: now, Expires: now.Add(time.Duration(s.days) * 24 * time.Hour), Builder: "mote:deliver/" + version(),
	}
	if in.Name == "" {
		in.Name = profile.Name
	}
	return in, nil
}

// fit refuses what the device would refuse later: a file that does not pass the gate, a policy that makes no filter.
func fit(program string, p *device.Profile) error {
	report, err := elfgate.VerifyFile(program, p)
	if err != nil {
		return err
	}
	if !report.OK {
		first := report.Errors()[0]
		return diag.Errorf(token.Position{}, "'mote deliver verify' lists all that is wrong", "%s cannot be delivered to %s: %s [%s]", program, p.Name, first.Text, first.Code)
	}
	if _, err := sandbox.Compile(p.Arch, p.Seccomp); err != nil {
		return fmt.Errorf("profile %s: %w", p.Name, err)
	}
	return nil
}

// signed is what `mote deliver sign -json` writes.
type signed struct {
	Bundle string   `json:"bundle"`
	Keys   []string `json:"keys"` // their ids, sorted
}

func (s *signFlags) report(io Streams, dir string, asJSON bool) error {
	e, err := bundle.ReadEnvelope(dir)
	if err != nil {
		return err
	}
	out := signed{Bundle: dir, Keys: []string{}}
	for _, sig := range e.Signatures {
		out.Keys = append(out.Keys, sig.KeyID)
	}
	if asJSON {
		return writeJSON(io.Out, out)
	}
	_, err = fmt.Fprintf(io.Out, "%s: signed by %d keys\n", dir, len(out.Keys))
	return err
}
