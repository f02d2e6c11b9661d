package boot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"mote/deliver/boot/console"
	"mote/deliver/cpio"
	"mote/deliver/device"
)

// writeInitramfs writes the first root file system to a file in dir and returns its name. It is not compressed: the emulated CPU would take
// longer to unpack it than the emulator to load it.
func writeInitramfs(dir string, c Config) (string, error) {
	var b bytes.Buffer
	t := tree{out: cpio.NewWriter(&b), made: map[string]bool{}}
	for _, step := range []func(Config) error{t.system, t.orders, t.device, t.program} {
		if err := step(c); err != nil {
			return "", fmt.Errorf("initramfs: %w", err)
		}
	}
	if err := t.out.Close(); err != nil {
		return "", err
	}
	name := filepath.Join(dir, "initramfs.cpio")
	return name, os.WriteFile(name, b.Bytes(), 0o600)
}

// tree adds files to an archive, with the folders that they need before them, as the kernel wants them. Names are absolute.
type tree struct {
	out  *cpio.Writer
	made map[string]bool
}

// parents adds the folders above name that are not there yet.
func (t *tree) parents(name string) error {
	dir := path.Dir(name)
	if dir == "/" || t.made[dir] {
		return nil
	}
	return t.dir(dir, 0o755)
}

func (t *tree) dir(name string, perm uint32) error {
	if t.made[name] {
		return nil
	}
	if err := t.parents(name); err != nil {
		return err
	}
	t.made[name] = true
	return t.out.AddDir(name[1:], perm)
}

func (t *tree) file(name string, perm uint32, data []byte) error {
	if err := t.parents(name); err != nil {
		return err
	}
	return t.out.AddFile(name[1:], perm, data)
}

// copy adds a file of the host.
func (t *tree) copy(name string, perm uint32, source string) error {
	data, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	return t.file(name, perm, data)
}

// system adds what /init needs: itself, the console that the kernel opens for it, and mount points.
func (t *tree) system(c Config) error {
	for _, name := range []string{"/dev", "/proc", "/sys", console.DeviceRoot} {
		if err := t.dir(name, 0o755); err != nil {
			return err
		}
	}
	if err := t.out.AddCharDevice("dev/console", 0o600, 5, 1); err != nil {
		return err
	}
	return t.copy("/init", 0o755, c.Guest)
}

// orders adds the orders, and the drivers that they have loaded.
func (t *tree) orders(c Config) error {
	var modules []string
	if c.Forward != "" {
		for _, source := range c.Kernel.Modules {
			name := "/modules/" + filepath.Base(source)
			modules = append(modules, name)
			if err := t.copy(name, 0o644, source); err != nil {
				return err
			}
		}
	}
	text, err := json.Marshal(c.orders(modules))
	if err != nil {
		return err
	}
	return t.file(console.OrdersPath, 0o600, text)
}

// device adds the root file system of the profile; mounts are folders, which the guest then mounts on.
func (t *tree) device(c Config) error {
	for _, e := range c.Profile.RootFS.Entries {
		name, perm := console.DeviceRoot+e.Path, e.Mode
		var err error
		switch e.Kind {
		case device.KindFile:
			err = t.file(name, orElse(perm, 0o644), []byte(e.Content))
		case device.KindSymlink:
			if err = t.parents(name); err == nil {
				err = t.out.AddSymlink(name[1:], e.Target)
			}
		default:
			err = t.dir(name, orElse(perm, 0o755))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// program adds the program and the other files that the caller names.
func (t *tree) program(c Config) error {
	files := append([]File{{Path: c.Profile.Service.Path, Source: c.Program, Mode: 0o555}}, c.Files...)
	for _, f := range files {
		if !path.IsAbs(f.Path) || strings.HasSuffix(f.Path, "/") {
			return fmt.Errorf("%q is no absolute name of a file", f.Path)
		}
		if err := t.copy(console.DeviceRoot+f.Path, f.Mode, f.Source); err != nil {
			return err
		}
	}
	return nil
}

func orElse(mode, otherwise uint32) uint32 {
	if mode == 0 {
		return otherwise
	}
	return mode
}
