//go:build linux

// Program runner measures the watchdog: how long total capture goes unnoticed, what the child costs, and whether it says anything about a process
// that is only busy. It prints a table and writes one JSON object a line. The watched processes are this program, too.
//
//	go run ./watch/runner -o bench/out/guard-watch.json
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mote-go/mote/guard/watch"
)

// line is one row of the table.
type line struct {
	Name  string   `json:"name"`
	Value float64  `json:"value"`
	Unit  string   `json:"unit"`
	Bar   *float64 `json:"bar"` // the value is to be at most this; null where there is no bar
}

func main() {
	early := watch.Early()
	if len(os.Args) > 2 && os.Args[1] == "play" {
		if err := play(early, os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, "runner:", err)
			os.Exit(1)
		}
		return
	}
	out := flag.String("o", "", "write JSON lines to this `file`")
	runs := flag.Int("runs", 20, "captures")
	quiet := flag.Duration("quiet", 20*time.Second, "how long to watch processes that are not captured")
	flag.Parse()
	if err := run(*out, *runs, *quiet); err != nil {
		fmt.Fprintln(os.Stderr, "runner:", err)
		os.Exit(1)
	}
}

func run(out string, runs int, quiet time.Duration) error {
	lines, err := captures(runs)
	if err != nil {
		return err
	}
	for _, r := range []string{"idle", "busy"} {
		more, err := watched(r, quiet)
		if err != nil {
			return err
		}
		lines = append(lines, more...)
	}
	var b strings.Builder
	for _, l := range lines {
		text, err := json.Marshal(l)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s\n", text)
		limit := ""
		if l.Bar != nil {
			limit = fmt.Sprintf("bar %g", *l.Bar)
			if l.Value > *l.Bar {
				limit += ", missed"
			}
		}
		fmt.Printf("%-45s %10.3f %-8s %s\n", l.Name, l.Value, l.Unit, limit)
	}
	if out == "" {
		return nil
	}
	return os.WriteFile(out, []byte(b.String()), 0o666)
}

// process is one under the watchdog.
type process struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Scanner
	child int
}

func launch(role string) (*process, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe, "play", role)
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, in: in, out: bufio.NewScanner(out)}
	p.out.Buffer(nil, 1<<20)
	_, err = fmt.Sscan(p.line(), &p.child)
	return p, err
}

func (p *process) line() string {
	p.out.Scan()
	return p.out.Text()
}

// end lets the process go on to its end.
func (p *process) end() error {
	p.in.Close()
	for p.out.Scan() {
	}
	return p.cmd.Wait()
}

// captures measures from total capture to the report.
func captures(runs int) ([]line, error) {
	var times []float64
	lost := 0.0
	for range runs {
		p, err := launch("captured")
		if err != nil {
			return nil, err
		}
		var began int64
		if _, err := fmt.Sscan(p.line(), &began); err != nil {
			return nil, err
		}
		time.Sleep(400 * time.Millisecond)
		p.in.Write([]byte("go on"))
		p.in.Close()
		var r watch.Report
		if err := json.Unmarshal([]byte(p.line()), &r); err == nil {
			times = append(times, float64(r.At.UnixNano()-began)/1e6)
		} else {
			lost++
		}
		if err := p.end(); err != nil {
			return nil, err
		}
	}
	bar, none := 100.0, 0.0
	lines := []line{{"captures of 400 ms, not noticed", lost, "", &none}}
	if len(times) > 0 {
		slices.Sort(times)
		lines = append(lines, line{"capture noticed, median", times[len(times)/2], "ms", &bar}, line{"capture noticed, longest", times[len(times)-1], "ms", nil})
	}
	return lines, nil
}

// watched measures what the child takes while nothing is wrong, and counts what it says.
func watched(role string, long time.Duration) ([]line, error) {
	p, err := launch(role)
	if err != nil {
		return nil, err
	}
	before, err := cpu(p.child)
	if err != nil {
		return nil, err
	}
	time.Sleep(long)
	after, err := cpu(p.child)
	if err != nil {
		return nil, err
	}
	p.in.Close()
	said := map[bool]float64{}
	for p.out.Scan() {
		var r watch.Report
		if err := json.Unmarshal(p.out.Bytes(), &r); err != nil {
			return nil, err
		}
		if r.Judgement != watch.Over {
			said[r.Judgement == watch.Captured]++
		}
	}
	none, half := 0.0, 0.5
	return []line{{"child's CPU time, " + role, 100 * (after - before).Seconds() / long.Seconds(), "% CPU", &half},
		{"reports of capture, " + role, said[true], "", &none}, {"other reports, " + role, said[false], "", nil}}, p.cmd.Wait()
}

// cpu is the CPU time of a process up to now.
func cpu(pid int) (sum time.Duration, err error) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil || len(files) == 0 {
		return 0, fmt.Errorf("process %d has no schedstat: %v", pid, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return 0, err
		}
		first, _, _ := strings.Cut(string(b), " ")
		n, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(n)
	}
	return sum, nil
}
