//go:build netduinoplus2

package main

const romBase = 0x08000000
