package lockthread_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mote-go/mote/guard/doctor/analysis/lockthread"
)

func TestReports(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lockthread.Analyzer, "a", "bound")
}
