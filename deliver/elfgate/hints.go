package elfgate

import (
	"slices"
	"strings"
)

// checkHints looks for functions whose work depends on files that the device may not have, or on what a static program cannot do. That a
// function is linked means that the linker could not exclude its being called.
func (g *gate) checkHints(names, packages map[string]bool) {
	for name := range names {
		if strings.HasPrefix(name, "net.cgoLookup") && name != "net.cgoLookupCanonicalName" || strings.HasPrefix(name, "os/user.cgo") || strings.HasPrefix(name, "_cgo_") {
			if !isStub(name) {
				g.find(CGOLookup, "%s", name)
				break
			}
		}
	}
	if packages["plugin"] {
		g.find(Plugin, "package plugin")
	}
	if called(names, "os/user.lookupUser", "os/user.lookupUserId", "os/user.Lookup", "os/user.LookupId", "os/user.lookupGroup") && !g.hasFile("/etc/passwd") {
		g.find(UserLookup, "package os/user")
	}
	if called(names, "net.(*Resolver).goLookupIPCNAMEOrder", "net.dnsReadConfig") && !g.hasFile("/etc/resolv.conf") {
		g.find(Resolver, "package net")
	}
	if called(names, "crypto/x509.loadSystemRoots") && !g.hasBelow("/etc/ssl") && !g.hasBelow("/etc/pki") && !packages["golang.org/x/crypto/x509roots/fallback"] {
		g.find(Certificates, "crypto/x509; import golang.org/x/crypto/x509roots/fallback or add them")
	}
	if called(names, "time.LoadLocation") && !g.hasBelow("/usr/share/zoneinfo") && !packages["time/tzdata"] {
		g.find(TimeZones, "time.LoadLocation; import time/tzdata")
	}
	if called(names, "os/exec.(*Cmd).Start", "os.StartProcess") {
		g.find(StartsProgram, "package os")
	}
	if packages["net/http/pprof"] {
		g.find(Profiling, "net/http/pprof")
	}
}

// isStub reports whether a function stands in for a C one in builds without cgo (net/cgo_stub.go).
func isStub(name string) bool {
	return slices.Contains([]string{"net.cgoLookupHost", "net.cgoLookupPort", "net.cgoLookupIP", "net.cgoLookupCNAME", "net.cgoLookupPTR"}, name)
}

func called(names map[string]bool, any ...string) bool {
	return slices.ContainsFunc(any, func(name string) bool { return names[name] })
}

// hasFile reports whether the profile's root file system has that path.
func (g *gate) hasFile(name string) bool {
	for _, e := range g.profile.RootFS.Entries {
		if e.Path == name {
			return true
		}
	}
	return false
}

func (g *gate) hasBelow(dir string) bool {
	for _, e := range g.profile.RootFS.Entries {
		if e.Path == dir || strings.HasPrefix(e.Path, dir+"/") {
			return true
		}
	}
	return false
}
