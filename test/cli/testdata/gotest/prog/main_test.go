package main

import (
	"fmt"
	"testing"
)

func TestType(t *testing.T) {
	if got := fmt.Sprintf("%T", answer(1)); got != "main.answer" {
		t.Error(got)
	}
}
