package stage

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	longest = 1 << 16 // bytes of a stage file
	most    = 100     // stages in it
)

// Parse reads the text of a stage file, a subset of TOML: comments, [[stage]], and lines of key = value with strings without escapes and decimal numbers.
// The error is the first one, as file:line:column: text.
func Parse(file string, text []byte) ([]Stage, error) {
	p := parser{file: file}
	if len(text) > longest {
		return nil, fmt.Errorf("%s: longer than %d bytes", file, longest)
	}
	for i, line := range strings.Split(string(text), "\n") {
		p.line = i + 1
		if err := p.read(strings.TrimSuffix(line, "\r")); err != nil {
			return nil, err
		}
	}
	if err := p.finish(); err != nil {
		return nil, err
	}
	if len(p.stages) == 0 {
		return nil, fmt.Errorf("%s: no [[stage]]", file)
	}
	return p.stages, nil
}

// parser is a stage file read up to a line.
type parser struct {
	file   string
	line   int
	stages []Stage
	names  map[string]bool
	begun  bool
	header int // line of the stage that is being read
	stage  Stage
	where  map[string]place // of its values
}

// place is where something stands, from 1.
type place struct{ line, column int }

func (p *parser) errorAt(at place, format string, values ...any) error {
	return fmt.Errorf("%s:%d:%d: %s", p.file, at.line, at.column, fmt.Sprintf(format, values...))
}

// read takes one line.
func (p *parser) read(line string) error {
	if !utf8.ValidString(line) {
		return p.errorAt(place{p.line, 1}, "not UTF-8")
	}
	rest := strings.TrimLeft(line, " \t")
	at := place{p.line, len(line) - len(rest) + 1}
	switch {
	case rest == "" || rest[0] == '#':
		return nil
	case rest[0] == '[':
		return p.begin(at, rest)
	}
	key, value, found := strings.Cut(rest, "=")
	if !found {
		return p.errorAt(at, "%q is neither [[stage]] nor key = value", rest)
	}
	key = strings.TrimRight(key, " \t")
	if !p.begun {
		return p.errorAt(at, "%q stands before the first [[stage]]", key)
	}
	trimmed := strings.TrimLeft(value, " \t")
	column := place{p.line, len(line) - len(trimmed) + 1}
	if first, again := p.where[key]; again {
		return p.errorAt(at, "%s is there already, in line %d", key, first.line)
	}
	p.where[key] = column
	return p.set(at, column, key, trimmed)
}

// begin starts a stage.
func (p *parser) begin(at place, text string) error {
	rest, ok := strings.CutPrefix(text, "[[stage]]")
	if ok {
		rest = strings.TrimLeft(rest, " \t")
	}
	if !ok || rest != "" && rest[0] != '#' {
		return p.errorAt(at, "%q: the only table is [[stage]]", text)
	}
	if err := p.finish(); err != nil {
		return err
	}
	if len(p.stages) == most {
		return p.errorAt(at, "more than %d stages", most)
	}
	p.begun, p.header, p.stage, p.where = true, at.line, Stage{Slow: 0.01}, map[string]place{}
	return nil
}

// finish checks and keeps the stage that was begun, if any.
func (p *parser) finish() error {
	if !p.begun {
		return nil
	}
	for _, key := range []string{"name", "share", "requests", "errors"} {
		if _, ok := p.where[key]; !ok {
			return p.errorAt(place{p.header, 1}, "the stage has no %s", key)
		}
	}
	var before *Stage
	if n := len(p.stages); n > 0 {
		before = &p.stages[n-1]
	}
	if key, why := p.stage.check(before); key != "" {
		return p.errorAt(p.where[key], "%s %s", key, why)
	}
	if p.names[p.stage.Name] {
		return p.errorAt(p.where["name"], "there is another stage %q", p.stage.Name)
	}
	if p.names == nil {
		p.names = map[string]bool{}
	}
	p.names[p.stage.Name] = true
	p.stages = append(p.stages, p.stage)
	return nil
}

// set gives the stage a value.
func (p *parser) set(at, column place, key, text string) error {
	var err error
	switch key {
	case "name":
		p.stage.Name, err = p.text(column, text)
	case "share":
		p.stage.Share, err = p.number(column, text)
	case "requests":
		p.stage.Requests, err = p.whole(column, text)
	case "observe":
		p.stage.Observe, err = p.duration(column, text)
	case "errors":
		p.stage.Errors, err = p.number(column, text)
	case "latency":
		p.stage.Latency, err = p.duration(column, text)
	case "slow":
		p.stage.Slow, err = p.number(column, text)
	default:
		return p.errorAt(at, "no key is called %q; there are name, share, requests, observe, errors, latency, slow", key)
	}
	return err
}

// text reads a string to the end of the line.
func (p *parser) text(at place, text string) (string, error) {
	if text == "" || text[0] != '"' {
		return "", p.errorAt(at, "expected a string in quotes, found %q", text)
	}
	value, rest, closed := strings.Cut(text[1:], `"`)
	if !closed {
		return "", p.errorAt(at, "the string has no end")
	}
	for _, r := range value {
		if r == '\\' || r < ' ' || r == 0x7f {
			return "", p.errorAt(at, "a string has no escapes and no control characters")
		}
	}
	if rest = strings.TrimLeft(rest, " \t"); rest != "" && rest[0] != '#' {
		return "", p.errorAt(at, "%q follows the string", rest)
	}
	return value, nil
}

// digits reads a decimal number to the end of the line: no exponent, no underscores, no digit missing beside the point.
func (p *parser) digits(at place, text, pattern, what string) (string, error) {
	word, _, _ := strings.Cut(text, "#")
	word = strings.TrimRight(word, " \t")
	if !regexp.MustCompile(pattern).MatchString(word) {
		return "", p.errorAt(at, "expected %s, found %q", what, word)
	}
	return word, nil
}

func (p *parser) number(at place, text string) (float64, error) {
	word, err := p.digits(at, text, `^[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?$`, "a number such as 0.01")
	if err != nil {
		return 0, err
	}
	value, err := strconv.ParseFloat(word, 64)
	if err != nil {
		return 0, p.errorAt(at, "%s is too great", word)
	}
	return value, nil
}

func (p *parser) whole(at place, text string) (int, error) {
	word, err := p.digits(at, text, `^[+-]?(0|[1-9][0-9]*)$`, "a whole number")
	if err != nil {
		return 0, err
	}
	value, err := strconv.ParseInt(word, 10, 32)
	if err != nil {
		return 0, p.errorAt(at, "%s is too great", word)
	}
	return int(value), nil
}

func (p *parser) duration(at place, text string) (time.Duration, error) {
	word, err := p.text(at, text)
	if err != nil {
		return 0, err
	}
	value, err := time.ParseDuration(word)
	if err != nil {
		return 0, p.errorAt(at, `expected a duration such as "80ms", found %q`, word)
	}
	return value, nil
}
