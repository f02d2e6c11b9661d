//go:build unix

package main

import (
	"math"
	"math/rand"
	"testing"
)

// The standard error is how far the means of many such series scatter, and a few stretches in which the machine stood still change neither.
func TestMidmean(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	const series, size = 2000, 40
	var sum, squares, told float64
	for range series {
		xs := make([]float64, size)
		for i := range xs {
			if xs[i] = 3 + random.NormFloat64(); i < size/10 {
				xs[i] += 1000 * float64(i%2*2-1)
			}
		}
		mean, give := midmean(xs)
		sum, squares, told = sum+mean, squares+mean*mean, told+give
	}
	mean := sum / series
	scatter := math.Sqrt(squares/series - mean*mean)
	if math.Abs(mean-3) > 0.02 {
		t.Errorf("mean %.3f, want 3", mean)
	}
	if ratio := told / series / scatter; ratio < 0.8 || ratio > 1.25 {
		t.Errorf("standard error %.3f where means scatter by %.3f", told/series, scatter)
	}
}
