package device

import (
	"math/bits"
	"path"
	"slices"
	"strings"

	"mote/deliver/policy"
)

// check holds the profile to what the format says; file is for the message, which names the key.
func (p *Profile) check(file string) error {
	c := checker{file: file}
	c.identity(p)
	c.kernel(p.Kernel)
	c.pages(p.PageSizes)
	c.rootFS(p.RootFS)
	c.exec(p.Exec)
	c.service(p.Service)
	c.seccomp(p.Seccomp)
	c.landlock(p.Landlock)
	return c.err
}

// checker keeps the first mistake.
type checker struct {
	file string
	err  error
}

// need reports a mistake at key unless ok.
func (c *checker) need(ok bool, key, format string, args ...any) {
	if !ok && c.err == nil {
		c.err = fail(c.file, 0, key, format, args...)
	}
}

func (c *checker) oneOf(key, value string, allowed ...string) {
	c.need(slices.Contains(allowed, value), key, "%q is not one of %s", value, strings.Join(allowed, ", "))
}

func (c *checker) identity(p *Profile) {
	c.need(p.Name != "", "name", "a profile needs a name")
	c.need(!strings.ContainsAny(p.Name, "/ \t\n\x00"), "name", "%q has a space or slash", p.Name)
	c.need(p.OS != "", "os", "want the device's operating system, such as linux")
	levels := Levels(p.Arch)
	c.need(levels != nil, "arch", "%q is no architecture that mote knows: want one of %s", p.Arch, strings.Join(Architectures(), ", "))
	if len(levels) > 0 && c.err == nil {
		c.oneOf("cpu.level", p.CPU.Level, levels...)
	}
	c.need(p.CPU.Cores >= 0 && p.CPU.Cores <= 64, "cpu.cores", "%d is not from 0 to 64", p.CPU.Cores)
	c.need(!strings.ContainsAny(p.CPU.Model, ", \n"), "cpu.model", "%q is not the name of one CPU", p.CPU.Model)
}

func (c *checker) kernel(k Kernel) {
	for _, end := range []struct {
		key string
		r   Release
	}{{"kernel.min", k.Min}, {"kernel.max", k.Max}} {
		if end.r != "" {
			_, err := end.r.Numbers()
			c.need(err == nil, end.key, "%v", err)
		}
	}
	c.need(k.Min == "" || k.Max == "" || k.Min.Compare(k.Max) <= 0, "kernel", "min %s is above max %s", k.Min, k.Max)
}

func (c *checker) pages(sizes []uint64) {
	c.need(len(sizes) > 0, "page_sizes", "want at least one size in bytes")
	for _, n := range sizes {
		c.need(n >= 4096 && n <= 1<<20 && bits.OnesCount64(n) == 1, "page_sizes", "%d is not a power of two from 4096 to 1048576", n)
	}
}

func (c *checker) rootFS(r RootFS) {
	for _, e := range r.Entries {
		key := "rootfs.entry " + e.Path
		c.path(key, e.Path)
		c.oneOf(key+": kind", e.Kind, KindDir, KindFile, KindSymlink, KindMount)
		c.need(e.Mode <= 0o7777, key, "mode %#o has more than permission bits", e.Mode)
		c.need((e.Target != "") == (e.Kind == KindSymlink), key, "a symlink, and nothing else, has a target")
		c.need(e.Content == "" || e.Kind == KindFile, key, "only a file has content")
		c.need((e.FS != "") == (e.Kind == KindMount), key, "a mount, and nothing else, has a file system (fs)")
	}
}

func (c *checker) path(key, name string) {
	c.need(path.IsAbs(name) && path.Clean(name) == name && !strings.ContainsRune(name, 0), key, "%q is not an absolute path without . and ..", name)
}

func (c *checker) exec(e Exec) {
	for _, name := range e.Interpreters {
		c.path("exec.interpreters", name)
	}
	for _, pattern := range e.Libraries {
		_, err := path.Match(pattern, "")
		c.need(err == nil, "exec.libraries", "%q is not a pattern", pattern)
	}
}

func (c *checker) service(s Service) {
	c.path("service.path", s.Path)
	if s.Dir != "" {
		c.path("service.dir", s.Dir)
	}
	for _, kv := range s.Env {
		name, _, ok := strings.Cut(kv, "=")
		c.need(ok && name != "" && !strings.ContainsRune(kv, 0), "service.env", "%q is not KEY=value", kv)
	}
	for _, list := range [][]Request{s.Workload, s.Forbidden} {
		for _, r := range list {
			c.need(strings.HasPrefix(r.URL, "http://"), "service.workload", "url %q does not begin with http://", r.URL)
			c.need(r.Repeat >= 0 && r.Repeat <= 100000, "service.workload", "repeat %d is not from 0 to 100000", r.Repeat)
			c.need(r.Status == 0 || r.Status >= 100 && r.Status < 600, "service.workload", "status %d is none of HTTP", r.Status)
		}
	}
}

func (c *checker) seccomp(s Seccomp) {
	c.oneOf("seccomp.default", s.Default, policy.ActionErrno, policy.ActionKillProcess, policy.ActionLog)
	for i, name := range s.Allow {
		c.need(name != "", "seccomp.allow", "entry %d is empty", i)
		c.need(!slices.Contains(s.Allow[:i], name), "seccomp.allow", "%s stands there twice", name)
	}
	for _, r := range s.Rules {
		key := "seccomp.rule " + r.Call
		c.need(r.Call != "", "seccomp.rule", "a rule names its call")
		c.need(!slices.Contains(s.Allow, r.Call), key, "the call is in seccomp.allow, so the rule has no effect")
		c.need(r.Arg >= 0 && r.Arg <= 5, key, "argument %d is not from 0 to 5", r.Arg)
		c.need(len(r.Values) > 0, key, "no values: the call could never be made")
		for _, v := range r.Values {
			c.need(r.Mask == 0 || v&^r.Mask == 0, key, "value %#x has bits outside mask %#x, so it never matches", v, r.Mask)
		}
	}
}

func (c *checker) landlock(l Landlock) {
	c.need(l.MinABI >= 0 && l.MinABI <= 32, "landlock.min_abi", "%d is no version of Landlock", l.MinABI)
	for _, list := range []struct {
		key   string
		paths []string
	}{{"landlock.read", l.Read}, {"landlock.write", l.Write}, {"landlock.exec", l.Exec}} {
		for _, name := range list.paths {
			c.path(list.key, name)
		}
	}
}
