package llvm

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestTypes(t *testing.T) {
	nested := Struct(Ptr, Struct(I32, Array(1, Struct(Float, Double))), I1)
	if got, want := string(nested), "{ptr, {i32, [1 x {float, double}]}, i1}"; got != want {
		t.Errorf("Struct = %s, want %s", got, want)
	}
	elems := nested.Elems()
	if len(elems) != 3 || elems[1] != "{i32, [1 x {float, double}]}" || elems[2] != I1 {
		t.Errorf("Elems = %q", elems)
	}
	if got := elems[1].Elem(1).Elem(0); got != Struct(Float, Double) {
		t.Errorf("Elem = %s", got)
	}
	if got := Struct().Elems(); got != nil {
		t.Errorf("Elems of {} = %q", got)
	}
}

func TestConstants(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want string
	}{
		{ConstInt(I8, -1), "i8 -1"},
		{ConstInt(I1, 1), "i1 true"},
		{ConstUint(I64, math.MaxUint64), "i64 18446744073709551615"},
		{ConstFloat(Double, 1), "double 0x3FF0000000000000"},
		{ConstFloat(Float, 0.1), "float 0x3FB99999A0000000"},
		{ConstFloat(Double, math.Copysign(0, -1)), "double 0x8000000000000000"},
		{ConstFloat(Double, 5e-324), "double 0x0000000000000001"},
		{ConstBytes("a\"\\\n\xff"), `[5 x i8] c"a\22\5C\0A\FF"`},
		{ConstStruct(Null(), ConstInt(I32, 3)), "{ptr, i32} {ptr null, i32 3}"},
		{Zero(Struct(Ptr, Ptr)), "{ptr, ptr} zeroinitializer"},
	} {
		if got := c.v.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// sample is a module with one of everything.
func sample() *Module {
	m := NewModule("a/b", "thumbv7m-none-eabi", "")
	unit := m.Meta.Distinct(`!DICompileUnit(language: DW_LANG_Go, file: !2, emissionKind: FullDebug)`)
	file := m.Meta.Node(`!DIFile(filename: "/x.go", directory: "")`)
	typ := m.Meta.Node("!DISubroutineType(types: !{})")
	m.Meta.Named("llvm.dbg.cu", unit)
	m.Flag(2, "Debug Info Version", 3)
	data := m.NewGlobal("a.data \"x\"·", Global{Init: ConstPacked(ConstInt(I8, 1), Null(), ConstBytes("hi")), Section: ".data.ptr", Align: 4})
	g := m.Declare("a.g", FuncType{Result: I32, Params: []Type{Ptr, NestParam}}, "noreturn", "cold")
	f := m.NewFunc("a.f", FuncType{Result: I32, Params: []Type{I32, Ptr, NestParam}})
	f.Attrs = []string{"nounwind", "noinline"}
	f.Subprogram = m.Meta.Distinct("!DISubprogram(name: \"f\", scope: " + file.String() + ", file: " + file.String() + ", line: 1, type: " + typ.String() + ", spFlags: DISPFlagDefinition, unit: " + unit.String() + ")")
	f.Loc = m.Meta.Node("!DILocation(line: 2, column: 1, scope: " + f.Subprogram.String() + ")")
	entry, loop, fail, done := f.NewBlock(), f.NewBlock(), f.NewBlock(), f.NewBlock()
	tmp := f.Alloca(12, 4)
	entry.Memset(tmp, ConstInt(I32, 12), 4)
	entry.Memcpy(tmp, f.Param(1), ConstInt(I32, 8), 4)
	entry.Br(loop)
	i := loop.Phi(I32)
	i.Add(ConstInt(I32, 0), entry)
	n := loop.Binary("add", i.Value, ConstInt(I32, 1))
	i.Add(n, loop)
	loop.StoreVolatile(n, loop.Index(tmp, n, 4), 4)
	loop.Switch(n, fail, []Case{{ConstInt(I32, 7), done}, {ConstInt(I32, 1), loop}})
	fail.Call(FuncType{Result: I32, Params: []Type{Ptr, NestParam}}, g, []Value{data, Nest(f.Param(2))}, "noreturn")
	fail.Unreachable()
	old := done.AtomicRMW("add", tmp, n)
	done.CmpXchg(tmp, old, n)
	out := done.InlineAsm(I32, "mov $0, $1", "=r,r,~{memory}", []Value{old})
	done.Ret(done.Freeze(out))
	m.Used("a.f")
	return m
}

func TestModuleIsStable(t *testing.T) {
	text := sample().String()
	if again := sample().String(); again != text {
		t.Errorf("two runs differ:\n%s\n%s", text, again)
	}
	for _, want := range []string{
		`@"a.data \22x\22·" = global <{i8, ptr, [2 x i8]}> <{i8 1, ptr null, [2 x i8] c"hi"}>, section ".data.ptr", align 4`,
		`declare i32 @"a.g"(ptr, ptr nest) #`,
		`define i32 @"a.f"(i32 %p0, ptr %p1, ptr nest %p2) #`,
		`%v2 = phi i32 [0, %b0], [%v3, %b1]`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestClangAccepts(t *testing.T) {
	clang, err := exec.LookPath("clang-19")
	if err != nil {
		t.Skip("clang-19 is not installed (Debian package clang-19)")
	}
	name := filepath.Join(t.TempDir(), "m.ll")
	if err := os.WriteFile(name, []byte(sample().String()), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(clang, "--target=thumbv7m-none-eabi", "-Wno-override-module", "-x", "ir", "-c", "-o", name+".o", name).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("clang: %v\n%s", err, out)
	}
}
