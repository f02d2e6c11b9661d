package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// everybody is the stage file of the demonstration: all requests from the first one on, and no budgets.
const everybody = `[[stage]]
name     = "everybody"
share    = 1
requests = 1
errors   = 1
`

// demonstrate builds both variants, loads one after the other, and writes a table. It needs the go command, in the folder of the example.
func demonstrate(ctx context.Context, out io.Writer, seconds float64) error {
	dir, err := os.MkdirTemp("", "guarded-service")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "stages.toml"), []byte(everybody), 0o666); err != nil {
		return err
	}
	cost := calibrate()
	rate := 1250 * float64(runtime.NumCPU())
	fmt.Fprintf(out, "overload: %.0f quotes/s of 1 ms each, for %d CPUs; then 8 batches beside 50 quotes/s\n\n", rate, runtime.NumCPU())
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tin 100 ms\tmedian\tp99\tturned away\tfailed\tmedian beside batches\tp99\t")
	for _, v := range []struct{ name, tags string }{{"without guard", ""}, {"with guard", "canary"}} {
		over, beside, err := measure(ctx, dir, v.tags, cost, rate, seconds)
		if err != nil {
			return fmt.Errorf("%s: %w", v.name, err)
		}
		fmt.Fprintf(table, "%s\t%.0f/s\t%v\t%v\t%.0f/s\t%.0f/s\t%v\t%v\t\n", v.name,
			over.perSecond(over.good), over.quantile(0.5), over.quantile(0.99), over.perSecond(over.refused), over.perSecond(over.failed), beside.quantile(0.5), beside.quantile(0.99))
	}
	return table.Flush()
}

// calibrate finds the rounds of work that take a millisecond.
func calibrate() int {
	const rounds = 1_000_000
	least := math.Inf(1)
	for range 20 {
		begin := time.Now()
		new(service).work(rounds)
		least = min(least, time.Since(begin).Seconds())
	}
	return int(rounds * 0.001 / least)
}

// measure builds a variant, starts it, and puts both loads on it.
func measure(ctx context.Context, dir, tags string, cost int, rate, seconds float64) (over, beside tally, err error) {
	binary := filepath.Join(dir, "service-"+tags)
	if text, err := exec.CommandContext(ctx, "go", "build", "-tags", tags, "-o", binary, ".").CombinedOutput(); err != nil {
		return over, beside, fmt.Errorf("go build: %w\n%s(run it in the folder of the example)", err, text)
	}
	service := exec.CommandContext(ctx, binary, "-listen", "127.0.0.1:0", "-cost", fmt.Sprint(cost), "-stages", filepath.Join(dir, "stages.toml"))
	pipe, err := service.StdoutPipe()
	if err != nil {
		return over, beside, err
	}
	if err := service.Start(); err != nil {
		return over, beside, err
	}
	defer func() {
		service.Process.Kill()
		service.Wait()
	}()
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		return over, beside, fmt.Errorf("the service said nothing: %w", err)
	}
	url := "http://" + strings.TrimSpace(line[strings.LastIndex(line, " ")+1:])
	length := time.Duration(seconds * float64(time.Second))
	over = load(ctx, url, rate, length)
	time.Sleep(time.Second) // for what is still under way
	response, err := http.Post(fmt.Sprintf("%s/batch?count=8&seconds=%g", url, max(seconds, 1)+1), "", nil)
	if err != nil {
		return over, beside, err
	}
	response.Body.Close()
	return over, load(ctx, url, 50, length), nil
}
