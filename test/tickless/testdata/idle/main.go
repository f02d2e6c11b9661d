// Command idle sleeps for as many seconds as its argument says.
package main

import (
	"os"
	"time"
)

func main() { time.Sleep(time.Duration(os.Args[1][0]-'0') * time.Second) }
