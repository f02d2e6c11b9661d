package suite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// postgres is a PostgreSQL server of the benchmark's own: fresh data, no network, in a temporary directory.
type postgres struct {
	cmd *exec.Cmd
	dsn string
	dir string
}

// postgresBin returns the directory with PostgreSQL's programs. Debian keeps them out of the path, by version. That there are none is a skip.
func postgresBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(a, b string) int { // newest last; 9.6 before 15
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", skip{"PostgreSQL is not installed (Debian package postgresql)"}
}

// startPostgres sets up a database below temp and starts its server. PostgreSQL refuses to run as root, so root lets it run as another user.
func startPostgres(ctx context.Context, temp string) (*postgres, error) {
	bin, err := postgresBin()
	if err != nil {
		return nil, err
	}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(temp, "pg")
	if err != nil {
		return nil, err
	}
	if err := as.own(dir); err != nil {
		return nil, err
	}
	p := &postgres{dir: dir, dsn: "host=" + dir + " user=bench dbname=postgres"}
	data := filepath.Join(dir, "data")
	// Neither durability nor passwords matter for data that nobody keeps on a socket that nobody else reaches.
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	as.run(initdb, dir)
	if out, err := initdb.CombinedOutput(); errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("PostgreSQL, which does not run as root, may not enter %s as another user; let TMPDIR be a directory that anybody may enter", dir)
	} else if err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, lastLine(out))
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100",
		"-c", "jit=off", "-c", "autovacuum=off")
	as.run(p.cmd, dir)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if err := p.await(ctx, filepath.Join(bin, "pg_isready")); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

// await asks until the server takes connections.
func (p *postgres) await(ctx context.Context, ready string) error {
	for deadline := time.Now().Add(30 * time.Second); ; {
		if exec.CommandContext(ctx, ready, "-q", "-h", p.dir, "-U", "bench").Run() == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(p.dir, "log"))
			return fmt.Errorf("postgres does not take connections after 30 s: %s", lastLine(log))
		}
	}
}

// pid is the postmaster's process; its children serve a connection each.
func (p *postgres) pid() int { return p.cmd.Process.Pid }

// stop ends the server at once (SIGQUIT: "immediate shutdown", without a checkpoint), waits for it, and removes its data.
func (p *postgres) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGQUIT)
	timer := time.AfterFunc(10*time.Second, func() { p.cmd.Process.Kill() })
	defer timer.Stop()
	_ = p.cmd.Wait()
	_ = os.RemoveAll(p.dir)
}

// lastLine of what a program printed.
func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}
