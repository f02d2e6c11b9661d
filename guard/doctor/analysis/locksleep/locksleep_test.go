package locksleep_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mote-go/mote/guard/doctor/analysis/locksleep"
)

func TestReports(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), locksleep.Analyzer, "a")
}
