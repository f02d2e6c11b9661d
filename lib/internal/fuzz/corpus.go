//go:build mote

package fuzz

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// header is the first line of a corpus file (https://go.dev/doc/security/fuzz#corpus-file-format).
const header = "go test fuzz v1"

// parseCorpus reads a corpus file: its header, and a value a line in the form of a Go conversion of a constant.
func parseCorpus(text string) ([]any, error) {
	first, rest, more := strings.Cut(text, "\n")
	switch {
	case text == "":
		return nil, errors.New("unmarshal: cannot unmarshal empty string")
	case !more:
		return nil, errors.New("unmarshal: must include version and at least one value")
	case strings.TrimSuffix(first, "\r") != header:
		return nil, fmt.Errorf("unmarshal: unknown encoding version: %s", first)
	}
	var values []any
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		v, err := parseValue(line)
		if err != nil {
			return nil, fmt.Errorf("unmarshal: malformed line %q: %v", line, err)
		}
		values = append(values, v)
	}
	return values, nil
}

// parseValue reads type(constant).
func parseValue(line string) (any, error) {
	name, arg, call := strings.Cut(line, "(")
	arg, closed := strings.CutSuffix(arg, ")")
	if !call || !closed {
		return nil, errors.New("expected call expression")
	}
	name, arg = strings.TrimSpace(name), strings.TrimSpace(arg)
	switch name {
	case "string":
		return text(arg)
	case "[]byte":
		s, err := text(arg)
		return []byte(s), err
	case "bool":
		if arg != "true" && arg != "false" {
			return nil, errors.New("true or false required for type bool")
		}
		return arg == "true", nil
	case "float32", "float64", "math.Float32frombits", "math.Float64frombits":
		return parseFloat(name, arg)
	case "byte", "rune":
		if strings.HasPrefix(arg, "'") {
			return parseChar(name, arg)
		}
	}
	return parseInt(name, arg)
}

func text(arg string) (string, error) {
	if !strings.HasPrefix(arg, `"`) && !strings.HasPrefix(arg, "`") {
		return "", errors.New("string literal required for type string or []byte")
	}
	return strconv.Unquote(arg)
}

func parseChar(name, arg string) (any, error) {
	s, err := strconv.Unquote(arg)
	if err != nil {
		return nil, err
	}
	c := []rune(s)[0]
	switch {
	case name == "rune":
		return c, nil
	case c > math.MaxUint8:
		return nil, errors.New("can only encode single byte to a byte type")
	}
	return byte(c), nil
}

func parseFloat(name, arg string) (any, error) {
	switch name {
	case "float32":
		v, err := strconv.ParseFloat(arg, 32)
		return float32(v), err
	case "float64":
		return strconv.ParseFloat(arg, 64)
	case "math.Float32frombits":
		bits, err := strconv.ParseUint(arg, 0, 32)
		return math.Float32frombits(uint32(bits)), err
	}
	bits, err := strconv.ParseUint(arg, 0, 64)
	return math.Float64frombits(bits), err
}

func parseInt(name, arg string) (any, error) {
	var err error
	signed := func(bits int) (v int64) { v, err = strconv.ParseInt(arg, 0, bits); return v }
	unsigned := func(bits int) (v uint64) { v, err = strconv.ParseUint(arg, 0, bits); return v }
	var v any
	switch name {
	case "int":
		v = int(signed(strconv.IntSize))
	case "int8":
		v = int8(signed(8))
	case "int16":
		v = int16(signed(16))
	case "int32", "rune":
		v = int32(signed(32))
	case "int64":
		v = signed(64)
	case "uint":
		v = uint(unsigned(strconv.IntSize))
	case "uint8", "byte":
		v = uint8(unsigned(8))
	case "uint16":
		v = uint16(unsigned(16))
	case "uint32":
		v = uint32(unsigned(32))
	case "uint64":
		v = unsigned(64)
	default:
		return nil, errors.New("expected []byte or primitive type")
	}
	return v, err
}
