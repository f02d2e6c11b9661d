package busyloop_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mote-go/mote/guard/doctor/analysis/busyloop"
)

func TestBusyLoops(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), busyloop.Analyzer, "a")
}
