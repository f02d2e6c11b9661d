package kernel

import (
	"cmp"
	"debug/elf"
	"path"
	"slices"
	"strings"

	"mote/debug/trace"
)

// kernelFiles are the sources that the kernel's flash is counted for: folders, and files of lib/runtime by the start of their names.
func kernelFiles() (folders, runtime []string) {
	return []string{"rtos", "lib/internal/kernel/ready", "lib/internal/kernel/timerq"},
		[]string{"chan", "guard", "lock.", "mask", "notify.", "name.", "proc.", "rtos", "sched", "select.", "sema.", "start.", "task", "tick", "time.", "timer", "waiter."}
}

// kernelAssembly are the kernel's functions in assembly.
func kernelAssembly() []string {
	return []string{"PendSV_Handler", "SysTick_Handler", "SVC_Handler", "runtime.switchenable", "runtime.tickenable"}
}

// Symbol is a function that is part of the kernel.
type Symbol struct {
	Name, File string
	Size       int64
}

// flash is what the functions of the kernel take in a program that uses the scheduler, channels, timers and mutexes.
func flash(b *Bench) (int64, error) {
	symbols, err := b.Flash()
	total := int64(0)
	for _, s := range symbols {
		total += s.Size
	}
	return total, err
}

// Flash lists those functions, the largest first. What was inlined belongs to where it was inlined.
func (b *Bench) Flash() ([]Symbol, error) {
	img, err := b.image("flash", "z")
	if err != nil {
		return nil, err
	}
	lines, err := trace.Open(img.Path)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	f, err := elf.Open(img.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := f.Symbols()
	if err != nil {
		return nil, err
	}
	var list []Symbol
	seen := map[uint64]bool{}
	for _, s := range all {
		if elf.ST_TYPE(s.Info) != elf.STT_FUNC || s.Size == 0 || seen[s.Value] {
			continue
		}
		file := sourceOf(lines, s.Value&^1)
		if slices.Contains(kernelAssembly(), s.Name) || inKernel(file) {
			seen[s.Value] = true
			list = append(list, Symbol{s.Name, file, int64(s.Size)})
		}
	}
	slices.SortFunc(list, func(a, b Symbol) int { return cmp.Or(cmp.Compare(b.Size, a.Size), cmp.Compare(a.Name, b.Name)) })
	return list, nil
}

// sourceOf is the file of the function at address, "" when it has none.
func sourceOf(lines *trace.Image, address uint64) string {
	frames := lines.Resolve(address)
	if len(frames) == 0 {
		return ""
	}
	return frames[len(frames)-1].File // the function itself comes behind what is inlined into it
}

func inKernel(file string) bool {
	folders, runtime := kernelFiles()
	dir, name := path.Split(file)
	dir = strings.TrimSuffix(dir, "/")
	for _, folder := range folders {
		if dir == folder || strings.HasSuffix(dir, "/"+folder) {
			return true
		}
	}
	return dir == "lib/runtime" && slices.ContainsFunc(runtime, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}
