// Command runner measures the real-time kernel and compares it with FreeRTOS and ThreadX.
//
//	go run ./test/kernel/runner [-run regexp] [-o kernel.json] [-list] [-masked list.txt]
//
// It prints a table, and with -o writes one JSON object a line: name, value, unit, bar. With -list it also prints the functions that the
// flash is made of and those that mask interrupts; with -masked the table has a row for what the conformance runner has measured over
// all of GOROOT/test, if that file is there. It does not judge: `go test ./test/kernel` does.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"mote/test/conform"
	"mote/test/kernel"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "kernel:", err)
		os.Exit(2)
	}
}

// line is what kernel.json has of a row.
type line struct {
	Name  string `json:"name"`
	Value int64  `json:"value"`
	Unit  string `json:"unit"`
	Bar   *int64 `json:"bar"` // null where there is none
}

func run() error {
	pattern := flag.String("run", "", "only rows whose name matches this `regexp`")
	name := flag.String("o", "", "write the rows as JSON to this `file`")
	list := flag.Bool("list", false, "print what the flash is made of, and what masks interrupts")
	masked := flag.String("masked", "", "the `file` that the conformance runner wrote with -masked")
	flag.Parse()
	match, err := regexp.Compile(*pattern)
	if err != nil {
		return err
	}
	bench, err := kernel.New()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	t := table{json: json.NewEncoder(&out)}
	fmt.Printf("%-63s %9s %7s %9s %8s\n", "kernel on "+kernel.Board+", -opt=2", "mote", "bar", "FreeRTOS", "ThreadX")
	for _, row := range kernel.Rows() {
		if match.MatchString(row.Name) {
			t.add(row, func() (int64, error) { return row.Measure(bench) })
		}
	}
	if *masked != "" {
		t.addMasked(*masked)
	}
	if *list {
		if err := printLists(bench); err != nil {
			return err
		}
	}
	if *name != "" {
		if err := write(*name, out.Bytes()); err != nil {
			return err
		}
	}
	if t.failed > 0 {
		return fmt.Errorf("%d rows were not measured", t.failed)
	}
	return nil
}

// table is the output as it grows.
type table struct {
	json   *json.Encoder
	failed int
}

// add measures a row.
func (t *table) add(row kernel.Row, measure func() (int64, error)) {
	value, err := measure()
	bar, barText := &row.Bar, strconv.FormatInt(row.Bar, 10)
	if row.Bar == kernel.NoBar {
		bar, barText = nil, ""
	}
	if err == nil {
		fmt.Printf("%-63s %9d %7s %9s %8s\n", row.What, value, barText, number(row.FreeRTOS), number(row.ThreadX))
		err = t.json.Encode(line{row.Name, value, row.Unit, bar})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kernel:", err)
		t.failed++
	}
}

// addMasked adds what the conformance runner has found.
func (t *table) addMasked(name string) {
	f, err := os.Open(name)
	if err != nil {
		fmt.Printf("%-63s %9s %7d\n", "longest stretch with interrupts masked, GOROOT/test", "make masked", conform.MaskBar)
		return
	}
	defer f.Close()
	t.add(kernel.Row{Name: "masked_conformance", What: "longest stretch with interrupts masked, GOROOT/test", Unit: "instructions", Bar: conform.MaskBar},
		func() (int64, error) {
			longest, err := conform.ReadLongest(f)
			return int64(longest), err
		})
}

// number is the text of a count, empty for one that is not known.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func printLists(bench *kernel.Bench) error {
	symbols, err := bench.Flash()
	if err != nil {
		return err
	}
	fmt.Println("\nkernel flash, bytes")
	for _, s := range symbols {
		fmt.Printf("%7d  %-48s %s\n", s.Size, s.Name, s.File)
	}
	masked, err := bench.Masked()
	if err != nil {
		return err
	}
	fmt.Println("\nlongest stretches with interrupts masked, instructions")
	for _, m := range masked {
		fmt.Printf("%7d  %8d times  %-40s %-14s from %s to %s\n", m.Max, m.Count, m.Function, m.Program, m.From, m.To)
	}
	return nil
}

// write makes a file and its folder.
func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
