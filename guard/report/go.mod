module github.com/mote-go/mote/guard/report

go 1.26.0

require (
	github.com/google/pprof v0.0.0-20260906184651-6331bc6350fe
	golang.org/x/exp v0.0.0-20260908205506-85c1c2202aba
)

require github.com/mote-go/mote/guard v0.0.0

require golang.org/x/sys v0.32.0 // indirect

replace github.com/mote-go/mote/guard => ../
