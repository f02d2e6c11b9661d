package build

import (
	"bytes"
	"context"
	"debug/elf"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"mote/deliver/device"
	"mote/deliver/elfgate"
)

// Port is one row of `go tool dist list`.
type Port struct {
	GOOS         string
	GOARCH       string
	CgoSupported bool
	FirstClass   bool
}

// Ports asks the go command for all of them.
func Ports(ctx context.Context) ([]Port, error) {
	out, err := exec.CommandContext(ctx, "go", "tool", "dist", "list", "-json").Output()
	if err != nil {
		return nil, fmt.Errorf("go tool dist list: %w", err)
	}
	var ports []Port
	return ports, json.Unmarshal(out, &ports)
}

// Row is one build of the matrix.
type Row struct {
	Port   string `json:"port"` // "linux/arm64"
	Cgo    bool   `json:"cgo"`
	Builds bool   `json:"builds"`
	Why    string `json:"why,omitempty"` // the first line of the error of one that does not build
	Format string `json:"format,omitempty"`
	Static bool   `json:"static"`         // an ELF file without interpreter and dynamic section
	Size   int64  `json:"size,omitempty"` // bytes
	Gate   string `json:"gate,omitempty"` // what elfgate says for the profile of the port: "ok", codes, or empty where there is no profile
}

// Matrix builds a package for every port in ports, without and, where the port has it, with cgo; done gets each row as it comes. Ports are built one after the
// other: the go command uses all processors as it is.
func Matrix(ctx context.Context, o Options, ports []Port, done func(Row)) error {
	dir, err := os.MkdirTemp("", "mote-matrix-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, port := range ports {
		for _, cgo := range []bool{false, true} {
			if cgo && !port.CgoSupported {
				continue
			}
			row := buildRow(ctx, o, port, cgo, filepath.Join(dir, "program"))
			if ctx.Err() != nil {
				return ctx.Err()
			}
			done(row)
		}
	}
	return nil
}

func buildRow(ctx context.Context, o Options, port Port, cgo bool, out string) Row {
	row := Row{Port: port.GOOS + "/" + port.GOARCH, Cgo: cgo}
	env := []string{"GOOS=" + port.GOOS, "GOARCH=" + port.GOARCH, "CGO_ENABLED=0", "GOFLAGS="}
	if cgo {
		env[2] = "CGO_ENABLED=1"
	}
	plan := &Plan{Package: o.Package, dir: o.Dir, Env: env}
	plan.flags(o)
	os.Remove(out)
	if err := plan.compile(ctx, o.Dir, o.Package, out, nil); err != nil {
		row.Why = reason(err)
		return row
	}
	data, err := os.ReadFile(out)
	if err != nil {
		row.Why = err.Error()
		return row
	}
	row.Builds, row.Size = true, int64(len(data))
	row.Format, row.Static = describeFile(data)
	if p := PortProfile(port.GOOS, port.GOARCH); p != nil && row.Format == "ELF" {
		row.Gate = gateVerdict(elfgate.Verify(data, p))
	}
	return row
}

// reason is the line of a build's output that says most.
func reason(err error) string {
	lines := strings.Split(err.Error(), "\n")[1:]
	lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" || strings.HasPrefix(l, "#") })
	if len(lines) == 0 {
		return err.Error()
	}
	return lines[0]
}

func gateVerdict(r *elfgate.Report) string {
	if r.OK {
		return "ok"
	}
	var codes []string
	for _, f := range r.Errors() {
		if code := string(f.Code); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, " ")
}

// describeFile names the format of a program, and says whether it is a static ELF file.
func describeFile(data []byte) (format string, static bool) {
	for _, f := range []struct{ magic, name string }{{"MZ", "PE"}, {"\x00asm", "wasm"}, {"\xcf\xfa\xed\xfe", "Mach-O"}, {"\x01\xf7", "XCOFF"}} {
		if strings.HasPrefix(string(data), f.magic) {
			return f.name, false
		}
	}
	file, err := elf.NewFile(bytes.NewReader(data))
	if err != nil {
		return "other", false
	}
	for _, p := range file.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			return "ELF", false
		}
	}
	return "ELF", true
}

// PortProfile is the generic profile of an architecture for another system than Linux too; nil where mote has none. Systems whose interface is a
// library and not the system call have loader and libraries in their root file system.
func PortProfile(goos, goarch string) *device.Profile {
	p, err := device.Load("generic-" + goarch)
	if err != nil {
		return nil
	}
	p.OS, p.Name = goos, goos+"-"+goarch
	switch goos {
	case "openbsd":
		p.Exec.Interpreters, p.Exec.Libraries = []string{"/usr/libexec/ld.so"}, []string{"libc.so*", "libpthread.so*"}
	case "solaris", "illumos":
		p.Exec.Interpreters, p.Exec.Libraries = []string{"/lib/amd64/ld.so.1"}, []string{"libc.so*", "libsocket.so*", "libnsl.so*", "libsendfile.so*"}
	case "android":
		p.Exec.Interpreters, p.Exec.Libraries = []string{"/system/bin/linker64"}, []string{"libc.so", "libdl.so", "liblog.so"}
	}
	return p
}
