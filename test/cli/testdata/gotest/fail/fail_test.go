package fail

import (
	"fmt"
	"testing"
)

func TestErrors(t *testing.T) {
	t.Error("one")
	t.Errorf("two %d\nlines", 2)
}

func TestFatal(t *testing.T) {
	defer t.Log("still runs")
	t.Fatal("ends here")
	t.Log("never")
}

func TestSub(t *testing.T) {
	t.Run("good", func(t *testing.T) {})
	t.Run("bad", func(t *testing.T) { t.Error("bad") })
}

func helper(t *testing.T) {
	t.Helper()
	t.Error("from a helper")
}

func TestHelper(t *testing.T) {
	helper(t)
}

func TestPasses(t *testing.T) { fmt.Println("printed") }

func Example_wrong() {
	fmt.Println("is")
	// Output: should be
}

func FuzzSeed(f *testing.F) {
	f.Add(1)
	f.Add(2)
	f.Fuzz(func(t *testing.T, n int) {
		if n == 2 {
			t.Error("two")
		}
	})
}
