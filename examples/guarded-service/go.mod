module github.com/mote-go/mote/examples/guarded-service

go 1.22.0

require (
	github.com/mote-go/mote/guard v0.0.0
	github.com/mote-go/mote/guard/breaker v0.0.0
)

require (
	github.com/sony/gobreaker/v2 v2.4.0 // indirect
	golang.org/x/sys v0.28.0 // indirect
)

replace (
	github.com/mote-go/mote/guard => ../../guard
	github.com/mote-go/mote/guard/breaker => ../../guard/breaker
)
