package pass

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

var greeting = flag.String("greeting", "none", "a flag of the test program")

func TestMain(m *testing.M) {
	flag.Parse()
	fmt.Println("main begins, greeting", *greeting)
	status := m.Run()
	fmt.Println("main ends")
	os.Exit(status)
}

func TestReverse(t *testing.T) {
	for _, c := range []struct{ in, want string }{{"", ""}, {"a", "a"}, {"abc", "cba"}} {
		t.Run("of "+c.in, func(t *testing.T) {
			if got := Reverse(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestParallel(t *testing.T) {
	for i := range 1 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			t.Log("member", i)
		})
	}
}

func TestSkipped(t *testing.T) { t.Skip("on purpose") }

func TestShort(t *testing.T) {
	if testing.Short() {
		t.Skip("it is long")
	}
	t.Log("long")
}

func TestFile(t *testing.T) {
	text, err := os.ReadFile("testdata/input.txt")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%q", text)
}

func TestCleanup(t *testing.T) {
	dir := t.TempDir()
	t.Cleanup(func() { t.Log("second") })
	t.Cleanup(func() { t.Log("first") })
	if err := os.WriteFile(dir+"/file", []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != "file" {
		t.Fatal(entries, err)
	}
}

func BenchmarkReverse(b *testing.B) {
	for b.Loop() {
		Reverse("a text of some length")
	}
}

func BenchmarkSizes(b *testing.B) {
	for _, n := range []int{10, 100} {
		text := string(make([]byte, n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(n))
			for range b.N {
				Reverse(text)
			}
		})
	}
}

func ExampleReverse() {
	fmt.Println(Reverse("olleh"))
	// Output: hello
}

func ExampleReverse_unordered() {
	fmt.Println(Reverse("1"))
	fmt.Println(Reverse("2"))
	// Unordered output:
	// 2
	// 1
}

func FuzzReverse(f *testing.F) {
	f.Add("")
	f.Add("added")
	f.Fuzz(func(t *testing.T, s string) {
		if Reverse(Reverse(s)) != s {
			t.Error(s)
		}
	})
}

func FuzzTypes(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string, b []byte, ok bool, c byte, r rune, i int, i8 int8, i16 int16, i64 int64, u uint, u16 uint16, u32 uint32, u64 uint64, f32 float32, f64 float64) {
		t.Logf("%q %q %v %v %q %v %v %v %v %v %v %v %v %v %v", s, b, ok, c, r, i, i8, i16, i64, u, u16, u32, u64, f32, f64)
	})
}
