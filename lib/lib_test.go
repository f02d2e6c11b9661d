package lib_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mote/compiler/initeval"
	"mote/compiler/intrinsic"
	"mote/compiler/load"
	"mote/internal/diag"
)

// excluded are the packages of std that the port does not carry, with the reason.
var excluded = map[string]string{
	"plugin":        "no dynamic linking",
	"runtime/cgo":   "no cgo",
	"runtime/race":  "no race detector",
	"syscall/js":    "only for js/wasm",
	"log/syslog":    "std builds it on Unix only",
	"internal/race": "reached through others where it is needed",
}

// machines are the configurations that std is loaded for.
var machines = []load.Config{
	{GOARCH: "thumb", Tags: []string{"armv7m", "gc.marksweep"}},
	{GOARCH: "thumb", Tags: []string{"armv6m", "gc.none"}},
	{GOARCH: "riscv32", Tags: []string{"gc.marksweep"}},
}

// loadImports loads a program that imports the packages and does nothing else.
func loadImports(t *testing.T, cfg load.Config, packages []string) *load.Program {
	t.Helper()
	var src bytes.Buffer
	src.WriteString("package main\n\nimport (\n")
	for _, p := range packages {
		fmt.Fprintf(&src, "\t_ %q\n", p)
	}
	src.WriteString(")\n\nfunc main() {}\n")
	cfg.Dir = t.TempDir()
	cfg.CacheDir = t.TempDir()
	for name, data := range map[string][]byte{"main.go": src.Bytes(), "go.mod": []byte("module m\n\ngo 1.26\n")} {
		if err := os.WriteFile(filepath.Join(cfg.Dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	prog, err := load.Load(cfg)
	if list := (diag.List)(nil); errors.As(err, &list) {
		t.Fatal(list.Format(""))
	}
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// std lists the packages of std that programs may import and that the port carries.
func std(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []string
	for _, p := range strings.Fields(string(out)) {
		if excluded[p] == "" && !strings.HasPrefix(p, "vendor/") && !strings.HasPrefix(p, "internal/") && !strings.Contains(p+"/", "/internal/") {
			packages = append(packages, p)
		}
	}
	return packages
}

func TestStdTypeChecks(t *testing.T) {
	if testing.Short() {
		t.Skip("loads all of std once per machine")
	}
	for _, cfg := range machines {
		t.Run(cfg.GOARCH+","+strings.Join(cfg.Tags, ","), func(t *testing.T) {
			prog := loadImports(t, cfg, append(std(t), "runtime/interrupt", "runtime/volatile"))
			for _, missing := range bodyless(prog) {
				t.Error(missing)
			}
		})
	}
}

// unneeded matches functions without a body that no program reaches: std keeps them so that code outside that used to name
// them by linkname still links.
var unneeded = regexp.MustCompile(`\.(badlinkname|badServeHTTP|badRoundTrip|badSetPath|abigen_)|^go/|^crypto/internal/fips140/check`)

// compilerMade are the functions whose bodies the compiler writes.
var compilerMade = map[string]bool{
	"runtime.runtime_inittasks": true,
	"runtime.dispatchInterrupt": true,
	"runtime.main_main":         true,
	"runtime.reflectcall":       true,
	"reflect.makeFuncStub":      true,
	"reflect.methodValueCall":   true,
}

// bodyless names the functions of prog that nothing stands behind.
func bodyless(prog *load.Program) []string {
	var missing []string
	for _, pkg := range prog.Packages {
		for _, file := range pkg.Files {
			for _, decl := range file.Decls {
				fd, ok := decl.(*ast.FuncDecl)
				if !ok || fd.Body != nil {
					continue
				}
				if name := undefined(prog, pkg, fd); name != "" {
					missing = append(missing, fmt.Sprintf("%s: nothing defines %s", prog.Position(fd.Pos()), name))
				}
			}
		}
	}
	return missing
}

// undefined returns the linker symbol of a function without a body if nothing defines it, otherwise "".
func undefined(prog *load.Program, pkg *load.Package, fd *ast.FuncDecl) string {
	obj := pkg.Info.Defs[fd.Name].(*types.Func)
	fn := prog.SSA.FuncValue(obj)
	if fn == nil {
		return ""
	}
	symbol := prog.SymbolName(fn)
	switch {
	case prog.Funcs[symbol] != nil, intrinsic.Has(symbol), compilerMade[symbol], unneeded.MatchString(symbol), unneeded.MatchString(pkg.Path + "." + fd.Name.Name):
		return ""
	case prog.Directive(obj, "asm") != nil, prog.Directive(obj, "inline") != nil:
		return ""
	}
	return symbol
}

// lowered extracts from the contract what compiled code calls in package runtime.
func lowered(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../doc/spec/abi.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "## What lowered code calls")
	if !ok {
		t.Fatal("doc/spec/abi.md has no section on what lowered code calls")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var names []string
	for _, span := range regexp.MustCompile("`[^`]+`").FindAllString(section, -1) {
		for _, m := range regexp.MustCompile(`(^|[ ,]|\x60)([a-z][A-Za-z0-9_]*)\(`).FindAllStringSubmatch(span, -1) {
			if m[2] != "func" && m[2] != "code" {
				names = append(names, m[2])
			}
		}
	}
	if len(names) < 60 {
		t.Fatalf("found only %d names: %v", len(names), names)
	}
	return names
}

// descriptorFuncs are named by descriptors of types.
const descriptorFuncs = "strhash memhash8 memhash16 memhash32 memhash64 interhash nilinterhash f32hash f64hash c64hash c128hash " +
	"memequal8 memequal16 memequal32 memequal64 memequal128 strequal interequal nilinterequal f32equal f64equal c64equal c128equal"

// mapFuncs are the accesses of maps with common keys.
const mapFuncs = "mapaccess1_fast32 mapaccess2_fast32 mapassign_fast32 mapassign_fast32ptr mapdelete_fast32 " +
	"mapaccess1_fast64 mapaccess2_fast64 mapassign_fast64 mapassign_fast64ptr mapdelete_fast64 " +
	"mapaccess1_faststr mapaccess2_faststr mapassign_faststr mapdelete_faststr"

func TestContractNamesExist(t *testing.T) {
	prog := loadImports(t, machines[0], []string{"runtime"})
	scope := prog.ByPath["runtime"].Types.Scope()
	names := append(lowered(t), strings.Fields(descriptorFuncs)...)
	for _, name := range append(names, strings.Fields(mapFuncs)...) {
		if _, ok := scope.Lookup(name).(*types.Func); !ok {
			t.Errorf("package runtime has no function %s", name)
		}
	}
}

func TestVersionIsThatOfTheToolchain(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`(?m)^toolchain (go\S+)$`).FindSubmatch(mod)
	if want == nil {
		t.Fatal("go.mod has no toolchain line")
	}
	src, err := os.ReadFile("runtime/version.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(src, append(append([]byte(`"`), want[1]...), '"')) {
		t.Errorf("runtime.Version does not return %q", want[1])
	}
}

// startsAtRunTime are the initialisers of packages with port files that cannot be evaluated at build time, by the variable.
var startsAtRunTime = map[string]string{
	"os.Args":        "the host passes them",
	"time.unitMap":   "std's own, a map; dropped unless durations are parsed",
	"time.startNano": "std's own, reads the clock",
}

func TestInitialisersAreStatic(t *testing.T) {
	prog := loadImports(t, machines[0], []string{"fmt"})
	result := initeval.Evaluate(prog)
	for _, init := range result.Residual {
		if !init.Pkg.Overlay {
			continue
		}
		name := init.Fn.Name()
		for _, v := range init.Lhs {
			name = init.Pkg.Path + "." + v.Name()
		}
		if startsAtRunTime[name] == "" {
			t.Errorf("%s: %s is initialised at run time: %s", prog.Position(init.Fn.Pos()), name, result.Why[init])
		}
	}
}
