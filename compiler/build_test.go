package compiler

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"mote/target"
)

func TestTags(t *testing.T) {
	b := newBuild(context.Background(), Config{Target: &target.Target{Name: "mps2-an385", Tags: []string{"armv7m"}}, Tags: []string{"mine"}})
	if got, want := b.tags(), []string{"mps2_an385", "gc.marksweep", "armv7m", "mine"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStages(t *testing.T) {
	fail := errors.New("no")
	var begun []string
	b := newBuild(context.Background(), Config{Progress: func(stage string) { begun = append(begun, stage) }})
	if got, err := timed(b, "good", func() (int, error) { return 7, nil }); got != 7 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
	if _, err := timed(b, "bad", func() (int, error) { return 0, fail }); err != fail {
		t.Errorf("got %v, want %v", err, fail)
	}
	_, err := timed(b, "broken", func() (int, error) { panic("lost in main.f") })
	var internal *InternalError
	if !errors.As(err, &internal) || internal.Stage != "broken" || !strings.Contains(err.Error(), "stage broken: lost in main.f\n") {
		t.Errorf("a panic of a stage gives %v", err)
	}
	if want := []string{"good", "bad", "broken"}; !slices.Equal(begun, want) || len(b.image.Steps) != len(want) {
		t.Errorf("stages %q, steps %v", begun, b.image.Steps)
	}
}

func TestCancelledBuildStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b := newBuild(ctx, Config{})
	_, err := timed(b, "stage", func() (int, error) { t.Error("the stage ran"); return 0, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
