package maxprocs_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mote-go/mote/guard/doctor/analysis/maxprocs"
)

// The folders are modules of their own, because what is reported depends on the Go release in go.mod.
func TestReports(t *testing.T) {
	for _, module := range []string{"old", "new"} {
		t.Run(module, func(t *testing.T) {
			analysistest.Run(t, analysistest.TestData()+"/"+module, maxprocs.Analyzer, "./...")
		})
	}
}
