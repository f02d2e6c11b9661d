//go:build !mps2_an385 && !mps2_an386 && !mps2_an505 && !mps2_an521

package main

// Elsewhere goroutines and handlers alone request interrupts.

func startTimer() {}

func stopTimer() {}
