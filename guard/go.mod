module github.com/mote-go/mote/guard

go 1.22
