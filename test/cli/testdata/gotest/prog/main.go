// Command prog is a program with tests.
package main

import "fmt"

type answer int

func main() { fmt.Println(answer(42)) }
