package boot

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"mote/internal/diag"
)

// kernelPackage is Debian's kernel for ARM64 in the cloud: smaller than the one for all hardware, with the console, initramfs, seccomp and
// Landlock built in. It is a package without files that depends on the newest release.
const kernelPackage = "linux-image-cloud-arm64"

// KernelDir is where FetchKernel keeps the kernel below the folder of mote's cache.
func KernelDir(cache string) string { return filepath.Join(cache, "kernel-arm64") }

// FetchKernel returns the kernel in dir and fetches it first if it is not there: with apt-get from the Debian mirrors that this machine is configured
// for, whose signatures apt checks, but with state of its own, so that neither root nor `dpkg --add-architecture` is needed. It blocks for
// as long as the download of some 35 MB takes. What it leaves is complete or not there.
func FetchKernel(ctx context.Context, dir string) (*Kernel, error) {
	if k, err := LoadKernel(dir); err == nil {
		return k, nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".kernel-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	out := filepath.Join(tmp, "kernel")
	if err := fetch(ctx, filepath.Join(tmp, "apt"), out); err != nil {
		return nil, fetchError(err)
	}
	if k, err := LoadKernel(dir); err == nil {
		return k, nil // another process was faster
	}
	os.RemoveAll(dir) // what is there is not complete
	if err := os.Rename(out, dir); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	return LoadKernel(dir)
}

func fetchError(err error) error {
	return diag.Errorf(token.Position{}, "on a machine without Debian's mirrors, give the kernel to boot with -kernel",
		"fetch the package %s: %v", kernelPackage, err)
}

// fetch downloads the package below work and unpacks what is needed to out.
func fetch(ctx context.Context, work, out string) error {
	a, err := newApt(work)
	if err != nil {
		return err
	}
	if _, err := a.run(ctx, "apt-get", "-q", "update"); err != nil {
		return err
	}
	about, err := a.run(ctx, "apt-cache", "show", "--no-all-versions", kernelPackage)
	if err != nil {
		return err
	}
	m := regexp.MustCompile(`(?m)^Depends: (?:.*, )?linux-image-([^ ,\n]+)`).FindSubmatch(about)
	if m == nil {
		return fmt.Errorf("the package depends on no kernel:\n%s", about)
	}
	release := string(m[1])
	if _, err := a.run(ctx, "apt-get", "-q", "download", "linux-image-"+release); err != nil {
		return err
	}
	found, err := filepath.Glob(filepath.Join(work, "*.deb"))
	if err != nil || len(found) != 1 {
		return fmt.Errorf("apt-get left %d packages: %v", len(found), err)
	}
	return unpack(ctx, found[0], release, out)
}

// apt runs apt's programs on a state of its own in dir.
type apt struct {
	dir     string
	options []string
}

// newApt makes the folders that apt needs and copies the lists of sources that name Debian.
func newApt(dir string) (*apt, error) {
	for _, name := range []string{"state/lists/partial", "cache/archives/partial", "sources"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "state/status"), nil, 0o666); err != nil {
		return nil, err
	}
	if err := copySources("/etc/apt", filepath.Join(dir, "sources")); err != nil {
		return nil, err
	}
	return &apt{dir: dir, options: []string{
		"-oDir::State=" + filepath.Join(dir, "state"), "-oDir::State::status=" + filepath.Join(dir, "state/status"), "-oDir::Cache=" + filepath.Join(dir, "cache"),
		"-oDir::Etc::sourcelist=/dev/null", "-oDir::Etc::sourceparts=" + filepath.Join(dir, "sources"),
		"-oAPT::Architecture=arm64", "-oAPT::Architectures=arm64", "-oAPT::Sandbox::User=", "-oDebug::NoLocking=1",
		"-oAcquire::Languages=none", "-oAcquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
	}}, nil
}

// copySources copies the source lists below etc that name Debian's archive; others need not have ARM64 at all, and would be waited for.
func copySources(etc, to string) error {
	lists, _ := filepath.Glob(filepath.Join(etc, "sources.list.d", "*"))
	copied := 0
	for _, name := range append(lists, filepath.Join(etc, "sources.list")) {
		if ext := filepath.Ext(name); ext != ".list" && ext != ".sources" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(text, []byte("/debian")) {
			continue
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(name)), text, 0o666); err != nil {
			return err
		}
		copied++
	}
	if copied == 0 {
		return fmt.Errorf("no list of sources in %s names Debian's archive", etc)
	}
	return nil
}

func (a *apt) run(ctx context.Context, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, append(slices.Clone(a.options), args...)...)
	var errs bytes.Buffer
	cmd.Dir, cmd.Stderr = a.dir, &errs
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, strings.TrimSpace(errs.String()))
	}
	return out, nil
}

// unpack takes kernel and drivers out of a package.
func unpack(ctx context.Context, deb, release, out string) error {
	if err := os.Mkdir(out, 0o777); err != nil {
		return err
	}
	sum, err := digest(deb)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "dpkg-deb", "--fsys-tarfile", deb)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	taken, err := takeFiles(tar.NewReader(pipe), release, out)
	if err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		return err
	}
	io.Copy(io.Discard, pipe)
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("dpkg-deb: %w", err)
	}
	if want := 1 + len(networkModules()); taken != want {
		return fmt.Errorf("%s has %d of the %d files that are needed", filepath.Base(deb), taken, want)
	}
	text, err := json.Marshal(Kernel{Release: release, Package: filepath.Base(deb), SHA256: sum})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, kernelFile), text, 0o666)
}

// takeFiles copies the kernel and the drivers from the package's files and counts them.
func takeFiles(in *tar.Reader, release, out string) (taken int, err error) {
	for {
		h, err := in.Next()
		if err == io.EOF {
			return taken, nil
		}
		if err != nil {
			return taken, err
		}
		name := path.Base(h.Name)
		switch {
		case name == "vmlinuz-"+release:
			name = imageFile
		case !slices.Contains(networkModules(), name):
			continue
		}
		if err := copyFile(filepath.Join(out, name), in); err != nil {
			return taken, err
		}
		taken++
	}
}

func copyFile(name string, in io.Reader) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, in); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func digest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
