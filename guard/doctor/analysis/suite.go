// Package analysis lists the doctor's analyzers for drivers: go vet by way of guardvet, golangci-lint, gopls and `guard doctor` itself.
// Each is in a folder of its name, whose package comment says what it reports, why, and what it leaves out.
package analysis

import (
	"golang.org/x/tools/go/analysis"

	"github.com/mote-go/mote/guard/doctor/analysis/afterloop"
	"github.com/mote-go/mote/guard/doctor/analysis/busyloop"
	"github.com/mote-go/mote/guard/doctor/analysis/lockagain"
	"github.com/mote-go/mote/guard/doctor/analysis/locksleep"
	"github.com/mote-go/mote/guard/doctor/analysis/lockthread"
	"github.com/mote-go/mote/guard/doctor/analysis/maxprocs"
	"github.com/mote-go/mote/guard/doctor/analysis/tickerleak"
	"github.com/mote-go/mote/guard/doctor/analysis/unboundedgo"
)

// All returns the analyzers in the order of their names.
func All() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		afterloop.Analyzer,
		busyloop.Analyzer,
		lockagain.Analyzer,
		locksleep.Analyzer,
		lockthread.Analyzer,
		maxprocs.Analyzer,
		tickerleak.Analyzer,
		unboundedgo.Analyzer,
	}
}
