package boot

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Kernel is what a boot needs of a Linux kernel package.
type Kernel struct {
	Image   string   `json:"-"`       // path of the boot executable
	Modules []string `json:"-"`       // paths of the drivers of QEMU's network card, in the order of their dependencies
	Release string   `json:"release"` // "6.1.0-37-cloud-arm64"
	Package string   `json:"package"` // file name of the Debian package
	SHA256  string   `json:"sha256"`  // of that file
}

// kernelFile is the description of a kernel in its folder.
const kernelFile = "kernel.json"

// LoadKernel reads what FetchKernel has put into dir; the error is fs.ErrNotExist if nothing is there.
func LoadKernel(dir string) (*Kernel, error) {
	text, err := os.ReadFile(filepath.Join(dir, kernelFile))
	if err != nil {
		return nil, err
	}
	k := &Kernel{Image: filepath.Join(dir, imageFile)}
	if err := json.Unmarshal(text, k); err != nil {
		return nil, err
	}
	for _, name := range networkModules() {
		k.Modules = append(k.Modules, filepath.Join(dir, name))
	}
	for _, name := range append(k.Modules, k.Image) {
		if _, err := os.Stat(name); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// OwnKernel is a kernel that the user names, instead of Debian's. Network drivers must be built in.
func OwnKernel(image string) (*Kernel, error) {
	info, err := os.Stat(image)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "boot", Path: image, Err: errors.New("not a file")}
	}
	return &Kernel{Image: image, Package: filepath.Base(image)}, nil
}

const imageFile = "vmlinuz"

// networkModules are the files of the package that drive QEMU's virtio network card, in the order in which they must be loaded.
func networkModules() []string {
	return []string{"virtio_ring.ko", "virtio.ko", "virtio_mmio.ko", "failover.ko", "net_failover.ko", "virtio_net.ko"}
}
