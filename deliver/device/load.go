package device

import (
	"embed"
	"errors"
	"fmt"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"

	"mote/internal/diag"
)

// embedded is data/*.toml, a profile each.
//
//go:embed data
var embedded embed.FS

// Load returns the profile that ref means: a file if ref ends in .toml, otherwise the name of an embedded profile.
func Load(ref string) (*Profile, error) {
	if !strings.HasSuffix(ref, ".toml") {
		return loadEmbedded(ref)
	}
	text, err := os.ReadFile(ref)
	if err != nil {
		return nil, err
	}
	return Parse(ref, text)
}

// Parse reads the text of a profile; file is its name for messages.
func Parse(file string, text []byte) (*Profile, error) {
	p, err := parse(file, text)
	if err != nil {
		return nil, err
	}
	return p, p.check(file)
}

// List returns the embedded profiles, sorted by name.
func List() ([]*Profile, error) {
	var all []*Profile
	for _, name := range Names() {
		p, err := loadEmbedded(name)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// Names are those of the embedded profiles, sorted.
func Names() []string {
	files, _ := fs.Glob(embedded, "data/*.toml")
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".toml"))
	}
	sort.Strings(names)
	return names
}

func loadEmbedded(name string) (*Profile, error) {
	text, err := embedded.ReadFile("data/" + name + ".toml")
	if err != nil {
		return nil, diag.Errorf(token.Position{}, "known profiles: "+strings.Join(Names(), ", ")+"; or name a file that ends in .toml", "unknown device profile %q", name)
	}
	return Parse("data/"+name+".toml", text)
}

// maxFile bounds a profile: nobody writes one of a megabyte, and a parser should not have to try.
const maxFile = 1 << 20

// parse decodes a file over what it inherits.
func parse(file string, text []byte) (*Profile, error) {
	if len(text) > maxFile {
		return nil, fail(file, 0, "", "the file has %d bytes: a profile has at most %d", len(text), maxFile)
	}
	var own Profile
	meta, err := toml.Decode(string(text), &own)
	if err != nil {
		return nil, syntaxError(file, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fail(file, 0, unknown[0].String(), "unknown key")
	}
	if own.Inherits == "" {
		return &own, nil
	}
	base, err := inherited(file, own.Inherits)
	if err != nil {
		return nil, err
	}
	merge(reflect.ValueOf(base).Elem(), reflect.ValueOf(own), meta, nil)
	base.Inherits = ""
	return base, nil
}

// inherited reads an embedded profile for file. Embedded profiles inherit among each other, without cycles: a test loads all of them.
func inherited(file, name string) (*Profile, error) {
	text, err := embedded.ReadFile("data/" + name + ".toml")
	if err != nil || file == "data/"+name+".toml" {
		return nil, fail(file, 0, "inherits", "there is no profile %q: want one of %s", name, strings.Join(Names(), ", "))
	}
	return parse("data/"+name+".toml", text)
}

// merge lets the keys that a file defines replace those of base, table by table; a list is replaced as a whole.
func merge(base, own reflect.Value, meta toml.MetaData, at []string) {
	for i := range own.NumField() {
		key, _, _ := strings.Cut(own.Type().Field(i).Tag.Get("toml"), ",")
		name := append(at[:len(at):len(at)], key)
		if !meta.IsDefined(name...) {
			continue
		}
		if own.Field(i).Kind() == reflect.Struct {
			merge(base.Field(i), own.Field(i), meta, name)
			continue
		}
		base.Field(i).Set(own.Field(i))
	}
}

// Encode writes the profile as TOML that Parse reads back to the same profile.
func (p *Profile) Encode(w io.Writer) error {
	enc := toml.NewEncoder(w)
	enc.Indent = ""
	return enc.Encode(p)
}

// syntaxError gives the decoder's message a place.
func syntaxError(file string, err error) error {
	var bad toml.ParseError
	if errors.As(err, &bad) {
		return fail(file, bad.Position.Line, bad.LastKey, "%s", bad.Message)
	}
	return fail(file, 0, "", "%s", strings.TrimPrefix(err.Error(), "toml: "))
}

// fail makes an error that names file, line and key as far as they are known.
func fail(file string, line int, key, format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	if key != "" {
		text = key + ": " + text
	}
	pos := token.Position{Filename: filepath.ToSlash(file), Line: line}
	if line == 0 {
		text = pos.Filename + ": " + text
	}
	return diag.Errorf(pos, "", "%s", text)
}
