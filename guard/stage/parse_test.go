package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

const good = `# how the guard comes into the order service
[[stage]]
name     = "a few"      # of many
share    = 0.01
requests = 500
observe  = "10m"
errors   = 0.002
latency  = "80ms"
slow     = 0.05

[[stage]]   # the rest
	name = "all"
	share=1
	requests = 1
	errors = 0
`

func TestParse(t *testing.T) {
	want := []Stage{
		{Name: "a few", Share: 0.01, Requests: 500, Observe: 10 * time.Minute, Errors: 0.002, Latency: 80 * time.Millisecond, Slow: 0.05},
		{Name: "all", Share: 1, Requests: 1, Slow: 0.01},
	}
	for _, text := range []string{good, strings.ReplaceAll(good, "\n", "\r\n"), strings.TrimRight(good, "\n")} {
		got, err := Parse("stages.toml", []byte(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("Parse gave %+v, %v; want %+v", got, err, want)
		}
	}
}

func TestParseSaysWhere(t *testing.T) {
	for _, test := range []struct{ name, line, with, want string }{
		{"empty", good, "", "f: no [[stage]]"},
		{"only a comment", good, "# nothing\n", "f: no [[stage]]"},
		{"a key before stages", "[[stage]]\nname     ", "name", `f:2:1: "name" stands before the first [[stage]]`},
		{"another table", "[[stage]]   # the rest", "[stage]", `f:11:1: "[stage]": the only table is [[stage]]`},
		{"something behind the header", "# the rest", "rest", `f:11:1: "[[stage]]   rest": the only table is [[stage]]`},
		{"no value", "share    = 0.01", "share", `f:4:1: "share" is neither [[stage]] nor key = value`},
		{"unknown key", "slow  ", "quick ", `f:9:1: no key is called "quick"; there are name, share, requests, observe, errors, latency, slow`},
		{"key twice", "share=1", "name = \"b\"", "f:13:2: name is there already, in line 12"},
		{"share of all", "share=1", "share=1.5", "f:13:8: share is 1.5, and must be more than 0 and at most 1"},
		{"no share", "share    = 0.01", "share = 0", "f:4:9: share is 0, and must be more than 0 and at most 1"},
		{"less than before", "share=1", "share=0.01", "f:13:8: share is 0.01, and must be more than in the stage before, 0.01"},
		{"half a request", "= 500", "= 0.5", `f:5:12: expected a whole number, found "0.5"`},
		{"too many requests", "= 500", "= 5000000000", "f:5:12: 5000000000 is too great"},
		{"no requests", "= 500", "= 0", "f:5:12: requests is 0, and must be at least 1"},
		{"a number in words", "0.002", "few", `f:7:12: expected a number such as 0.01, found "few"`},
		{"an exponent", "0.002", "2e-3", `f:7:12: expected a number such as 0.01, found "2e-3"`},
		{"half a number", "0.002", ".002", `f:7:12: expected a number such as 0.01, found ".002"`},
		{"more errors than requests", "0.002", "2", "f:7:12: errors is 2, and must be 0 to 1"},
		{"negative slowness", "0.05", "-0.05", "f:9:12: slow is -0.05, and must be 0 to 1"},
		{"a bare duration", `"80ms"`, "80", `f:8:12: expected a string in quotes, found "80"`},
		{"no duration", `"80ms"`, `"fast"`, `f:8:12: expected a duration such as "80ms", found "fast"`},
		{"negative duration", `"80ms"`, `"-1s"`, "f:8:12: latency is -1s, and must be positive"},
		{"negative time", `"10m"`, `"-1s"`, "f:6:12: observe is -1s, and must not be negative"},
		{"no name", `"all"`, `""`, "f:12:9: name is empty"},
		{"the same name", `"all"`, `"a few"`, `f:12:9: there is another stage "a few"`},
		{"an open string", `"all"`, `"all`, "f:12:9: the string has no end"},
		{"an escape", `"all"`, `"a\tb"`, "f:12:9: a string has no escapes and no control characters"},
		{"two strings", `"all"`, `"all" "more"`, `f:12:9: "\"more\"" follows the string`},
		{"a key is missing", "	errors = 0\n", "", "f:11:1: the stage has no errors"},
		{"a key is missing in the middle", "errors   = 0.002\n", "", "f:2:1: the stage has no errors"},
		{"no UTF-8", "a few", "\xff", "f:3:1: not UTF-8"},
		{"too long", "# how", "#" + strings.Repeat("x", longest), "f: longer than 65536 bytes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(good, test.line, test.with, 1)
			if text == good {
				t.Fatal("the test changes nothing")
			}
			stages, err := Parse("f", []byte(text))
			if err == nil || stages != nil || err.Error() != test.want {
				t.Errorf("Parse gave %v, %v; want %s", stages, err, test.want)
			}
		})
	}
	many := strings.Builder{}
	for i := range most + 1 {
		fmt.Fprintf(&many, "[[stage]]\nname = \"%d\"\nshare = 0.%03d\nrequests = 1\nerrors = 0\n", i, i+1)
	}
	if _, err := Parse("f", []byte(many.String())); err == nil || err.Error() != "f:501:1: more than 100 stages" {
		t.Errorf("with more than a hundred stages: %v", err)
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stages.toml")
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := os.WriteFile(path, []byte(good), 0o666); err != nil {
		t.Fatal(err)
	}
	if stages, err := Load(path); err != nil || len(stages) != 2 {
		t.Errorf("Load gave %v, %v", stages, err)
	}
	if err := os.WriteFile(path, []byte("oh"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.HasPrefix(err.Error(), path+":1:1: ") {
		t.Errorf("a file with an error: %v", err)
	}
}

// What is accepted can be followed, and says the same when written out again; errors say where.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("[[stage]]\nname=\"x\"\nshare=0.5\nrequests=1\nerrors=0.1\nlatency=\"1s\"\n"))
	f.Add([]byte("[[stage]]\n[[stage]]"))
	f.Add([]byte("name = \"a"))
	f.Fuzz(func(t *testing.T, text []byte) {
		stages, err := Parse("f", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f:") || strings.ContainsRune(err.Error(), '\n') {
				t.Errorf("the error is %q", err)
			}
			return
		}
		if err := Check(stages); err != nil {
			t.Errorf("Check: %v", err)
		}
		again, err := Parse("again", []byte(write(stages)))
		if err != nil || !reflect.DeepEqual(stages, again) {
			t.Errorf("written out and read again: %+v, %v; was %+v", again, err, stages)
		}
	})
}

// write returns stages as the text of a file.
func write(stages []Stage) string {
	var b strings.Builder
	for _, s := range stages {
		decimal := func(f float64) string {
			return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.400f", f), "0"), ".")
		}
		fmt.Fprintf(&b, "[[stage]]\nname = %q\nshare = %s\nrequests = %d\nobserve = \"%v\"\nerrors = %s\nlatency = \"%v\"\nslow = %s\n",
			s.Name, decimal(s.Share), s.Requests, s.Observe, decimal(s.Errors), s.Latency, decimal(s.Slow))
	}
	return strings.ReplaceAll(b.String(), "= -0\n", "= 0\n")
}
