package kernel

import (
	"flag"
	"os"
	"strings"
	"testing"

	"mote/internal/need"
)

var update = flag.Bool("update", false, "write kernel.txt again")

const budgetFile = "kernel.txt"

func TestBudget(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	need.Tools(t, "clang-19", "ld.lld-19", "qemu-system-arm")
	bench, err := New()
	if err != nil {
		t.Fatal(err)
	}
	budgets := readFile(t)
	values := map[string]int64{}
	for _, row := range Rows() {
		t.Run(row.Name, func(t *testing.T) {
			value, err := row.Measure(bench)
			if err != nil {
				t.Fatal(err)
			}
			values[row.Name] = value
			t.Logf("%d %s", value, row.Unit)
			budget, known := budgets[row.Name]
			if *update {
				budget.Value, known = value, true
			}
			if wrong := row.Verdict(value, budget, known); wrong != "" {
				t.Error(wrong)
			}
		})
	}
	if *update {
		var text strings.Builder
		if err := WriteBudgets(&text, values, budgets); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(budgetFile, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readFile(t *testing.T) map[string]Budget {
	t.Helper()
	f, err := os.Open(budgetFile)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	budgets, err := ReadBudgets(f)
	if err != nil {
		t.Fatal(err)
	}
	return budgets
}

func TestBudgetsAreOfRows(t *testing.T) {
	names := map[string]bool{}
	for _, row := range Rows() {
		if names[row.Name] {
			t.Errorf("two rows are %s", row.Name)
		}
		names[row.Name] = true
	}
	for name := range readFile(t) {
		if !names[name] {
			t.Errorf("%s: %s is not a row", budgetFile, name)
		}
	}
}

func TestVerdict(t *testing.T) {
	row := Row{Unit: "instructions", Bar: 100}
	tests := []struct {
		name   string
		value  int64
		budget Budget
		known  bool
		want   string
	}{
		{"within", 90, Budget{90, ""}, true, ""},
		{"better", 80, Budget{90, ""}, true, ""},
		{"above the budget", 95, Budget{90, ""}, true, "95 instructions exceed the budget of 90"},
		{"above the bar", 101, Budget{101, ""}, true, "101 instructions, the bar is 100"},
		{"known miss", 101, Budget{101, "a reason"}, true, ""},
		{"worse than the known miss", 102, Budget{101, "a reason"}, true, "102 instructions exceed the budget of 101"},
		{"no longer a miss", 99, Budget{101, "a reason"}, true, "99 instructions are within the bar of 100: take the known miss out of kernel.txt"},
		{"unknown", 90, Budget{}, false, "kernel.txt has no budget for it; measured 90"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := row.Verdict(tt.value, tt.budget, tt.known); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBudgetFile(t *testing.T) {
	budgets, err := ReadBudgets(strings.NewReader("# head\nyield 50\npool 30  known miss: two loads\n"))
	if err != nil || budgets["yield"] != (Budget{50, ""}) || budgets["pool"] != (Budget{30, "two loads"}) {
		t.Errorf("got %v, %v", budgets, err)
	}
	var text strings.Builder
	if err := WriteBudgets(&text, map[string]int64{"yield": 51, "pool": 29}, budgets); err != nil {
		t.Fatal(err)
	}
	if _, rest, _ := strings.Cut(text.String(), "\n"); rest != "yield 51\npool 29  known miss: two loads\n" {
		t.Errorf("got %q", rest)
	}
	for _, bad := range []string{"yield\n", "yield x\n"} {
		if _, err := ReadBudgets(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}
