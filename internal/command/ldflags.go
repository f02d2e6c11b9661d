package command

import "strings"

// parseLDFlags reads the value of -ldflags: any number of -X name=value, quoted with ' or " where there are spaces.
func parseLDFlags(s string) (map[string]string, error) {
	words, err := splitQuoted(s)
	if err != nil {
		return nil, err
	}
	vars := make(map[string]string)
	for len(words) > 0 {
		arg, rest, err := xArgument(words)
		if err != nil {
			return nil, err
		}
		name, value, ok := strings.Cut(arg, "=")
		if !ok || !strings.Contains(name, ".") {
			return nil, usagef("invalid -ldflags: -X wants package/path.name=value, got %q", arg)
		}
		vars[name], words = value, rest
	}
	return vars, nil
}

// xArgument takes "-X arg" or "-X=arg" from the front of words.
func xArgument(words []string) (arg string, rest []string, err error) {
	flag := strings.TrimPrefix(words[0], "-")
	switch {
	case flag == "-X" || flag == "X":
		if len(words) == 1 {
			return "", nil, usagef("invalid -ldflags: -X wants package/path.name=value")
		}
		return words[1], words[2:], nil
	case strings.HasPrefix(flag, "-X=") || strings.HasPrefix(flag, "X="):
		_, arg, _ = strings.Cut(flag, "=")
		return arg, words[1:], nil
	}
	return "", nil, usagef("invalid -ldflags: unknown flag %q; only -X is there", words[0])
}

// splitQuoted splits at spaces outside quotes; a quote counts only where a word begins, as in the go command.
func splitQuoted(s string) (words []string, err error) {
	for {
		s = strings.TrimLeft(s, " \t\n\r")
		if s == "" {
			return words, nil
		}
		if quote := s[0]; quote == '\'' || quote == '"' {
			end := strings.IndexByte(s[1:], quote)
			if end < 0 {
				return nil, usagef("invalid -ldflags: unterminated %c string", quote)
			}
			words, s = append(words, s[1:end+1]), s[end+2:]
			continue
		}
		end := strings.IndexAny(s, " \t\n\r")
		if end < 0 {
			end = len(s)
		}
		words, s = append(words, s[:end]), s[end:]
	}
}
