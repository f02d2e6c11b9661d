// Package device holds what `mote deliver` knows about a Linux device: its kernel, CPU, root file system and policy, as a TOML profile.
//
// A profile is data about the machine and the service that it starts, not about how the service is made. It is loaded by name (the profiles under
// data/, one for each architecture) or from a file, which may inherit one of those: its keys then replace the inherited ones. A profile that Load
// returns has been checked. doc/spec/device.md describes the format. Start reading at Profile and Load.
package device

import "mote/deliver/policy"

// Profile is a device, with everything it inherits filled in.
type Profile struct {
	Inherits    string   `toml:"inherits,omitempty" json:"-"` // an embedded profile's name; empty in what Load returns
	Name        string   `toml:"name" json:"name"`
	Description string   `toml:"description,omitempty" json:"description,omitempty"`
	OS          string   `toml:"os" json:"os"`     // GOOS; "linux" on devices, another for the port matrix
	Arch        string   `toml:"arch" json:"arch"` // GOARCH
	Kernel      Kernel   `toml:"kernel" json:"kernel"`
	CPU         CPU      `toml:"cpu" json:"cpu"`
	PageSizes   []uint64 `toml:"page_sizes" json:"page_sizes"`       // bytes; every size a kernel of the device may have
	LSM         []string `toml:"lsm,omitempty" json:"lsm,omitempty"` // active security modules: landlock, yama, ima, ...
	RootFS      RootFS   `toml:"rootfs" json:"rootfs"`
	Exec        Exec     `toml:"exec" json:"exec"`
	Service     Service  `toml:"service" json:"service"`
	Seccomp     Seccomp  `toml:"seccomp" json:"seccomp"`
	Landlock    Landlock `toml:"landlock" json:"landlock"`
	Size        Size     `toml:"size" json:"size"`
}

// Kernel is a range of kernel releases, both ends included; an empty end is open.
type Kernel struct {
	Min Release `toml:"min,omitempty" json:"min,omitempty"`
	Max Release `toml:"max,omitempty" json:"max,omitempty"`
}

// CPU is what instructions the device can run.
type CPU struct {
	Model    string   `toml:"model,omitempty" json:"model,omitempty"`       // QEMU's name, for the boot: "cortex-a53"
	Level    string   `toml:"level" json:"level"`                           // the architecture's Go setting (GOARM64, GOAMD64, ...): "v8.0"
	Features []string `toml:"features,omitempty" json:"features,omitempty"` // beyond the level, as /proc/cpuinfo calls them: "atomics", "crc32"
	Guarded  []string `toml:"guarded,omitempty" json:"guarded,omitempty"`   // packages whose functions use more only behind a test of the CPU
	Cores    int      `toml:"cores,omitempty" json:"cores,omitempty"`       // for the boot; 0 means 1
	Memory   uint64   `toml:"memory,omitempty" json:"memory,omitempty"`     // bytes, for the boot
}

// RootFS is what the service finds below "/" when it starts.
type RootFS struct {
	ReadOnly bool    `toml:"read_only" json:"read_only"`
	Entries  []Entry `toml:"entry,omitempty" json:"entry,omitempty"`
}

// Entry is one file of the root file system. Parents are made as needed, with mode 0755.
type Entry struct {
	Path    string `toml:"path" json:"path"`                           // absolute and clean
	Kind    string `toml:"kind" json:"kind"`                           // KindDir and so on
	Mode    uint32 `toml:"mode,omitempty" json:"mode,omitempty"`       // permission bits; 0: 0755 for folders, 0644 for files
	Content string `toml:"content,omitempty" json:"content,omitempty"` // of a file
	Target  string `toml:"target,omitempty" json:"target,omitempty"`   // of a symlink
	FS      string `toml:"fs,omitempty" json:"fs,omitempty"`           // of a mount: proc, sysfs, devtmpfs, tmpfs, securityfs, cgroup2
	Options string `toml:"options,omitempty" json:"options,omitempty"` // of a mount: "ro,noexec,nosuid,nodev,size=1m"
}

// Kinds of entries.
const (
	KindDir     = "dir"
	KindFile    = "file"
	KindSymlink = "symlink"
	KindMount   = "mount"
)

// Exec is the policy that decides which programs start.
type Exec struct {
	Interpreters []string `toml:"interpreters,omitempty" json:"interpreters,omitempty"` // program interpreters that the root file system has; none: static programs only
	Libraries    []string `toml:"libraries,omitempty" json:"libraries,omitempty"`       // patterns (path.Match) of shared libraries that it has
	WriteExec    bool     `toml:"write_exec" json:"write_exec"`                         // pages may be writable and executable
	Symbols      bool     `toml:"symbols" json:"symbols"`                               // a program may carry symbol table and debug information
	Packages     []string `toml:"forbid_packages,omitempty" json:"forbid_packages,omitempty"`
}

// Service is how the device starts the program, and how one knows that it works.
type Service struct {
	Path string   `toml:"path" json:"path"` // where the program is installed: "/app/agent"
	Args []string `toml:"args,omitempty" json:"args,omitempty"`
	Env  []string `toml:"env,omitempty" json:"env,omitempty"` // KEY=value; nothing else is in its environment
	Dir  string   `toml:"dir,omitempty" json:"dir,omitempty"` // working folder; empty: "/"
	UID  uint32   `toml:"uid" json:"uid"`
	GID  uint32   `toml:"gid" json:"gid"`
	// Workload is what exercises the service in the guest: HTTP requests, in order. The first also says when it is ready.
	Workload []Request `toml:"workload,omitempty" json:"workload,omitempty"`
	// Forbidden are requests which make the service try what its sandbox must refuse; only the sandboxed boot sends them.
	Forbidden []Request `toml:"forbidden,omitempty" json:"forbidden,omitempty"`
}

// Request is one HTTP request to the service over the guest's loopback interface, and what it must answer.
type Request struct {
	Method   string `toml:"method,omitempty" json:"method,omitempty"` // empty: GET
	URL      string `toml:"url" json:"url"`                           // "http://127.0.0.1:8080/health"
	Body     string `toml:"body,omitempty" json:"body,omitempty"`
	Status   int    `toml:"status,omitempty" json:"status,omitempty"`     // 0: 200
	Contains string `toml:"contains,omitempty" json:"contains,omitempty"` // what the answer's body must contain
	Repeat   int    `toml:"repeat,omitempty" json:"repeat,omitempty"`     // 0: once
}

// What a service may do is defined by package policy, which the sandbox on the device shares.
type (
	// Seccomp is the filter of system calls.
	Seccomp = policy.Seccomp
	// Rule allows a call under a condition.
	Rule = policy.Rule
	// Landlock is what the service may reach in the file system and the network.
	Landlock = policy.Landlock
)

// Size is the budget of the program in bytes; 0 is no limit.
type Size struct {
	Max  uint64 `toml:"max,omitempty" json:"max,omitempty"`   // of the file
	Text uint64 `toml:"text,omitempty" json:"text,omitempty"` // of what is executable
	RAM  uint64 `toml:"ram,omitempty" json:"ram,omitempty"`   // of writable segments in memory
}
