module github.com/mote-go/mote/guard/cmd/guard

go 1.26.0

require (
	github.com/mote-go/mote/guard/bench v0.0.0
	github.com/mote-go/mote/guard/doctor v0.0.0
	github.com/mote-go/mote/guard/report v0.0.0
	github.com/rogpeppe/go-internal v1.16.0
)

require (
	github.com/google/pprof v0.0.0-20260906184651-6331bc6350fe // indirect
	github.com/mote-go/mote/guard v0.0.0 // indirect
	golang.org/x/exp v0.0.0-20260908205506-85c1c2202aba // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/net v0.61.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20240814211410-ddb44dafa142 // indirect
	google.golang.org/grpc v1.67.3 // indirect
	google.golang.org/protobuf v1.36.5 // indirect
)

replace (
	github.com/mote-go/mote/guard => ../../
	github.com/mote-go/mote/guard/bench => ../../bench
	github.com/mote-go/mote/guard/doctor => ../../doctor
	github.com/mote-go/mote/guard/report => ../../report
)
