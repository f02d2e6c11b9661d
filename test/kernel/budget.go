package kernel

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Budget is what kernel.txt says about a row.
type Budget struct {
	Value int64
	Miss  string // why the row is above its bar; empty when it is not
}

// missMark begins the reason of a row above its bar.
const missMark = "known miss:"

// ReadBudgets parses kernel.txt: lines of a row's name, its value, and perhaps missMark and a reason.
func ReadBudgets(r io.Reader) (map[string]Budget, error) {
	budgets := map[string]Budget{}
	for lines := bufio.NewScanner(r); lines.Scan(); {
		text, miss, _ := strings.Cut(lines.Text(), missMark)
		fields := strings.Fields(text)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		if len(fields) != 2 {
			return nil, fmt.Errorf("%q: want a name and a number", lines.Text())
		}
		value, err := strconv.ParseInt(fields[1], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", lines.Text(), err)
		}
		budgets[fields[0]] = Budget{value, strings.TrimSpace(miss)}
	}
	return budgets, nil
}

// WriteBudgets writes kernel.txt with the values measured and the reasons of before.
func WriteBudgets(w io.Writer, values map[string]int64, before map[string]Budget) error {
	if _, err := fmt.Fprintf(w, "# the kernel on %s; written by make golden, the reasons of known misses by hand\n", Board); err != nil {
		return err
	}
	for _, row := range Rows() {
		value, ok := values[row.Name]
		if !ok {
			continue
		}
		line := fmt.Sprintf("%s %d", row.Name, value)
		if miss := before[row.Name].Miss; miss != "" && row.above(value) {
			line += "  " + missMark + " " + miss
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// above reports whether a value is above the row's bar.
func (r Row) above(value int64) bool { return r.Bar != NoBar && value > r.Bar }

// Verdict says what is wrong with a value; empty when nothing is.
func (r Row) Verdict(value int64, budget Budget, known bool) string {
	switch {
	case !known:
		return fmt.Sprintf("kernel.txt has no budget for it; measured %d", value)
	case r.above(value) && budget.Miss == "":
		return fmt.Sprintf("%d %s, the bar is %d", value, r.Unit, r.Bar)
	case value > budget.Value:
		return fmt.Sprintf("%d %s exceed the budget of %d", value, r.Unit, budget.Value)
	case !r.above(value) && budget.Miss != "":
		return fmt.Sprintf("%d %s are within the bar of %d: take the known miss out of kernel.txt", value, r.Unit, r.Bar)
	}
	return ""
}
