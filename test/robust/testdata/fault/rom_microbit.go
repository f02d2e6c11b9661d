//go:build microbit

package main

const romBase = 0x00010000
