package initeval

import (
	"mote/compiler/load"
)

// Evaluate interprets the initialisers of all packages of p in order.
//
// An initialiser that succeeds leaves its effects in the static data. One that fails is undone and stays in
// Result.Residual; everything that it could read or write when it runs on the device is then closed to the initialisers
// after it, so that moving those to build time cannot be noticed (see taint).
func Evaluate(p *load.Program) *Result {
	m := newMachine(p)
	res := &Result{Pure: make(map[*load.Init]bool), Why: make(map[*load.Init]string)}
	t := newTaint(m)
	m.setsEnvironment = func() bool { return t.funcs[p.Func("syscall", "Setenv")] }
	pure := newPurity(m)
	for _, pkg := range p.Packages {
		m.embeds(pkg)
		for _, in := range pkg.Inits {
			why := m.attempt(in)
			if why == "" {
				continue
			}
			res.Residual = append(res.Residual, in)
			res.Why[in] = why
			res.Pure[in] = pure.unit(in)
			t.residual(in)
		}
		if pkg.Path == "runtime" {
			t.runtimeStarted(pkg)
		}
	}
	res.Static = m.output()
	return res
}

// attempt evaluates one initialiser and returns why it failed, or "".
func (m *machine) attempt(in *load.Init) (why string) {
	m.unit++
	m.total += m.steps
	m.steps, m.limit, m.depth, m.usesUnsafe = 0, maxSteps, 0, false
	if m.total > maxTotal {
		m.limit = lowSteps
	}
	m.journal = m.journal[:0]
	defer func() {
		if e := recover(); e != nil {
			f, ok := e.(failure)
			if !ok {
				panic(e)
			}
			m.rollback()
			why = f.why
		}
	}()
	m.run(m.body(in.Fn), nil, nil)
	m.checkJournal()
	return ""
}
