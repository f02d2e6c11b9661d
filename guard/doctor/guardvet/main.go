// Command guardvet runs the doctor's analyzers under go vet, which caches their results by package:
//
//	go vet -vettool=$(which guardvet) ./...
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mote-go/mote/guard/doctor/analysis"
)

func main() { unitchecker.Main(analysis.All()...) }
