// Package lockthread reports runtime.LockOSThread in packages that do nothing for which the thread matters. A locked goroutine is never
// handed a processor by another: each time it blocks and goes on, two threads are switched by the kernel, which costs microseconds instead of a
// fraction of one. It does not make a goroutine run sooner.
package lockthread

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaform"
)

// Analyzer reports under the categories needless, and unpaired where the function does not unlock either.
var Analyzer = &analysis.Analyzer{
	Name:     "lockthread",
	Doc:      "lockthread reports runtime.LockOSThread in packages that use neither cgo nor system calls nor what is bound to a thread",
	Requires: []*analysis.Analyzer{ssaform.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	if threadMatters(pass) {
		return nil, nil
	}
	form := pass.ResultOf[ssaform.Analyzer].(*ssaform.Form)
	for _, f := range form.Functions {
		locks, unlocks := find(f)
		for _, pos := range locks {
			d := analysis.Diagnostic{Pos: form.Start(pos), Category: "needless",
				Message: "LockOSThread, but nothing in this package depends on the thread: each switch to and from this goroutine becomes one of threads"}
			if !unlocks {
				d.Category = "unpaired"
				d.Message = "LockOSThread without UnlockOSThread, and nothing in this package depends on the thread: the thread ends with the goroutine"
			}
			pass.Report(d)
		}
	}
	return nil, nil
}

// find returns where f locks its thread, and whether it, or a literal in it, unlocks.
func find(f *ssa.Function) (locks []token.Pos, unlocks bool) {
	for _, block := range f.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			switch callee.Name(call.Common()) {
			case "runtime.LockOSThread":
				locks = append(locks, call.Pos())
			case "runtime.UnlockOSThread":
				unlocks = true
			}
		}
	}
	for _, literal := range f.AnonFuncs {
		if _, in := find(literal); in {
			unlocks = true
		}
	}
	return locks, unlocks
}

// threadMatters tells whether the package can have a reason: cgo, system calls, assembly, or a library that is bound to a thread.
func threadMatters(pass *analysis.Pass) bool {
	if len(pass.OtherFiles) > 0 {
		return true
	}
	for _, file := range pass.Files {
		for _, spec := range file.Imports {
			if bound(strings.Trim(spec.Path.Value, `"`)) {
				return true
			}
		}
	}
	for _, imported := range pass.Pkg.Imports() {
		if !strings.Contains(imported.Path(), ".") {
			continue // of the standard library, whose packages look after threads themselves
		}
		for _, behind := range imported.Imports() {
			if bound(behind.Path()) {
				return true
			}
		}
	}
	return false
}

// bound tells whether what a package does may depend on the thread it is called from.
func bound(path string) bool {
	switch path {
	case "C", "syscall", "unsafe", "runtime/cgo", "plugin":
		return true
	}
	for _, part := range boundParts {
		if strings.Contains(path, part) {
			return true
		}
	}
	return false
}

// boundParts are parts of the paths of packages for system calls, namespaces, graphics, sound and calls into shared libraries.
var boundParts = []string{
	"golang.org/x/sys", "golang.org/x/mobile", "golang.org/x/exp/shiny", "internal/syscall",
	"go-gl/", "glfw", "sdl", "vulkan", "ebiten", "mainthread", "gioui.org", "fyne.io", "raylib", "opengl", "webgpu", "webview", "gtk",
	"netns", "netlink", "purego", "go-ole", "seccomp", "landlock", "libcap", "ptrace", "libcontainer",
}
