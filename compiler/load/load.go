package load

import (
	"errors"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/internal/diag"
)

// Config says what to load and for which machine.
type Config struct {
	Dir      string            // working directory; empty is the process's
	Patterns []string          // one package path, or the names of files of package main; empty is "."
	Test     bool              // load the program that runs the tests of the package, as go test makes it
	GOOS     string            // empty is "noos"; anything else is for tests of the stages on an existing port
	GOARCH   string            // "thumb" or "riscv32"
	Tags     []string          // of the target and of -tags; those that every build has are added
	Vars     map[string]string // -X of -ldflags: "pkg/path.name" -> value
	Go       string            // the go command; empty is "go" from PATH
	CacheDir string            // where the port's files are written for the go command to read
	Overlay  fs.FS             // nil is what mote embeds: the port and the packages for firmware
	Commands io.Writer         // each command is printed here when not nil

	AllErrors bool // report all errors of a package, not only the first ten
}

// baseTags are set in every build; with them std picks its portable code.
func baseTags() []string {
	return []string{"mote", "purego", "math_big_pure_go", "osusergo", "netgo"}
}

// tags returns every build tag that is set for cfg, sorted.
func (cfg Config) tags() []string {
	tags := append(baseTags(), cfg.Tags...)
	slices.Sort(tags)
	return slices.Compact(tags)
}

// ssaMode is how go/ssa builds programs here: one function for each instance of a generic one, and no code that guards and
// chains package initialisers.
const ssaMode = ssa.InstantiateGenerics | ssa.BareInits

// Load finds, checks and builds the program that cfg describes. An error that the user can act on is a diag.List with
// absolute file names. It runs the go command; the only files that it writes are below cfg.CacheDir.
func Load(cfg Config) (*Program, error) {
	s, err := List(cfg)
	if err != nil {
		return nil, err
	}
	return s.Load()
}

// Listing is what the go command knows about a program: its packages and their files, nothing of what is in them.
type Listing struct{ l *loader }

// List does the part of Load that asks the go command. A build that finds its result in the cache by Sum needs no more.
func List(cfg Config) (*Listing, error) {
	l, err := newLoader(cfg)
	if err != nil {
		return nil, err
	}
	listed, err := l.list()
	if err != nil {
		return nil, err
	}
	if err := l.resolve(listed); err != nil {
		return nil, err
	}
	return &Listing{l}, nil
}

// ImportPath is the import path of the package that was asked for; "command-line-arguments" for files.
func (s *Listing) ImportPath() string { return s.l.asked.pkg.Path }

// IsMain reports whether it is a package main.
func (s *Listing) IsMain() bool { return s.l.asked.list.Name == "main" }

// Name is what the go command calls the program: the first file's name, or the last element of the import path that is no version.
func (s *Listing) Name() string {
	asked := s.l.asked.pkg
	if asked.Path == "command-line-arguments" {
		return strings.TrimSuffix(filepath.Base(s.l.cfg.Patterns[0]), ".go")
	}
	dir, name := path.Split(asked.Path)
	if isMajorVersion(name) && dir != "" {
		name = path.Base(dir)
	}
	return name
}

// isMajorVersion reports whether an element of an import path is v2 or later.
func isMajorVersion(elem string) bool {
	digits, ok := strings.CutPrefix(elem, "v")
	n, err := strconv.Atoi(digits)
	return ok && err == nil && n >= 2 && digits[0] != '0'
}

// Load does the rest of Load. It may be called once.
func (s *Listing) Load() (*Program, error) { return s.load(ssaMode) }

func (s *Listing) load(mode ssa.BuilderMode) (*Program, error) {
	l := s.l
	if err := l.parse(); err != nil {
		return nil, err
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	l.order()
	if err := l.collect(); err != nil {
		return nil, err
	}
	if err := l.setVars(); err != nil {
		return nil, err
	}
	l.build(mode)
	if err := l.checkFrames(); err != nil {
		return nil, err
	}
	if err := l.bindSymbols(); err != nil {
		return nil, err
	}
	return l.prog, nil
}

// loader carries the state of one Load through its steps.
type loader struct {
	cfg     Config
	release string // of the go command
	overlay *overlay
	prog    *Program
	units   []*unit // in dependency order
	asked   *unit   // the package that was named
}

// unit is a package on its way through the steps.
type unit struct {
	pkg     *Package
	list    *listPackage
	imports map[string]*unit // by import path as resolved
	inits   []pendingInit
	done    chan struct{} // closed when it is type-checked
	errs    diag.List
	form    formErrors
}

func newLoader(cfg Config) (*loader, error) {
	if cfg.GOOS == "" {
		cfg.GOOS = "noos"
	}
	if cfg.Go == "" {
		cfg.Go = "go"
	}
	if len(cfg.Patterns) == 0 {
		cfg.Patterns = []string{"."}
	}
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	cfg.Dir = dir
	if cfg.CacheDir == "" {
		return nil, errors.New("load: no cache directory given")
	}
	env, err := goEnv(cfg)
	if err != nil {
		return nil, err
	}
	trees := []tree{{files: cfg.Overlay}}
	if cfg.Overlay == nil {
		trees = embedded(cfg, env)
	}
	ov, err := writeOverlay(trees, env.GOROOT, cfg.CacheDir)
	if err != nil {
		return nil, err
	}
	return &loader{
		cfg:     cfg,
		release: env.GOVERSION,
		overlay: ov,
		prog: &Program{
			Fset:    token.NewFileSet(),
			Sizes:   types.SizesFor("gc", "arm"),
			ByPath:  make(map[string]*Package),
			ByTypes: make(map[*types.Package]*Package),
			Dir:     dir,
		},
	}, nil
}
