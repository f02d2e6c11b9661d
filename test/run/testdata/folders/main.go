// Command folders uses what the host's shell does for package os: folders, links, descriptions, permissions, times.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// base is a new folder; its name is hidden in what is printed.
var base string

func main() {
	var err error
	base, err = os.MkdirTemp("", "it's a *folder")
	if err != nil {
		fmt.Println("MkdirTemp:", err)
		os.Exit(1)
	}
	names()
	errorTexts()
	listing()
	descriptions()
	links()
	attributes()
	moves()
	workdir()
	walk()
	root()
	show("RemoveAll", os.RemoveAll(base))
	show("again", os.RemoveAll(base))
	_, err = os.Stat(base)
	show("gone", err)
}

func at(name string) string { return base + "/" + name }

// show prints what happened, without the temporary folder's name, and what kind of error it is.
func show(what string, values ...any) {
	text := fmt.Sprintln(values...)
	text = strings.ReplaceAll(strings.TrimSuffix(text, "\n"), base, "BASE")
	kind := ""
	for _, v := range values {
		if err, ok := v.(error); ok {
			for _, k := range []error{fs.ErrNotExist, fs.ErrExist, fs.ErrPermission, fs.ErrInvalid, fs.ErrClosed} {
				if errors.Is(err, k) {
					kind += " [" + k.Error() + "]"
				}
			}
		}
	}
	fmt.Println(what+":", text+kind)
}

// names makes files whose names a shell would mangle.
func names() {
	dir := at("names")
	show("mkdir", os.Mkdir(dir, 0o777))
	for _, name := range []string{"plain", "-rf", "with space", "new\nline", "quo'te", `back\slash`, "$HOME", "`id`", "*", "?[a]", ".hidden", "..two", "ä", "\xff", "\"", "#x", "~", "a;b|c&d", "%s\\000"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o666); err != nil {
			fmt.Printf("%q: %v\n", name, err)
		}
	}
	show("mkdir", os.Mkdir(dir+"/$(date) d'ir", 0o755))
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			fmt.Printf("%q: %v\n", e.Name(), err)
			continue
		}
		size := info.Size()
		if e.IsDir() {
			size = 0
		}
		fmt.Printf("%q %v %v %v %d\n", e.Name(), e.IsDir(), e.Type(), info.Name() == e.Name(), size)
	}
	show("list", len(entries), err)
}

func errorTexts() {
	show("mkdir", os.Mkdir(at("names"), 0o777))
	show("mkdir", os.Mkdir(at("no/where"), 0o777))
	show("mkdir", os.Mkdir(at("names/plain/x"), 0o777))
	show("mkdir", os.Mkdir("", 0o777))
	show("remove", os.Remove(at("nothing")))
	show("remove", os.Remove(at("names")))
	show("mkdirall", os.MkdirAll(at("deep/er/and/deeper"), 0o777))
	show("mkdirall", os.MkdirAll(at("deep/er/and/deeper/"), 0o777))
	show("mkdirall", os.MkdirAll(at("names/plain"), 0o777))
	show("mkdirall", os.MkdirAll(at("names/plain/x/y"), 0o777))
	show("remove", os.Remove(at("deep/er/and/deeper")))
	show("removeall", os.RemoveAll(at("deep")))
	show("removeall", os.RemoveAll(at("names/.")))
	show("removeall", os.RemoveAll(""))
	_, err := os.ReadDir(at("nothing"))
	show("readdir", err)
	_, err = os.ReadDir(at("names/plain"))
	show("readdir", err)
	_, err = os.Stat(at("nothing"))
	show("stat", err)
	_, err = os.Stat(at("names/plain/x"))
	show("stat", err)
	_, err = os.Lstat("")
	show("lstat", err)
	_, err = os.Stat("a\x00b")
	show("stat", errors.Is(err, fs.ErrInvalid))
	_, err = os.Open(at("nothing"))
	show("open", err)
	_, err = os.ReadFile(at("names"))
	show("readfile", err)
	_, err = os.Create(at("names"))
	show("create", err)
	_, err = os.OpenFile(at("names/plain"), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	show("excl", err)
	_, err = os.MkdirTemp(base, "a/b")
	show("mkdirtemp", err)
	show("chmod", os.Chmod(at("nothing"), 0o600))
	show("truncate", os.Truncate(at("nothing"), 1))
	show("truncate", os.Truncate(at("names"), 1))
	show("chtimes", os.Chtimes(at("nothing"), time.Now(), time.Now()))
	show("chown", os.Chown(at("nothing"), -1, -1))
	_, err = os.Readlink(at("nothing"))
	show("readlink", err)
	_, err = os.Readlink(at("names/plain"))
	show("readlink", err)
	show("symlink", os.Symlink("x", at("names")))
	show("symlink", os.Symlink("x", at("no/where")))
	show("link", os.Link(at("nothing"), at("other")))
	show("link", os.Link(at("names/plain"), at("names/*")))
	show("chdir", os.Chdir(at("nothing")))
	show("chdir", os.Chdir(at("names/plain")))
}

func listing() {
	dir := at("listing")
	os.Mkdir(dir, 0o777)
	for i := range 7 {
		os.WriteFile(fmt.Sprintf("%s/f%d", dir, i), nil, 0o666)
	}
	f, err := os.Open(dir)
	show("open", err)
	total := 0
	for {
		list, err := f.ReadDir(3)
		total += len(list)
		if err != nil {
			show("readdir", len(list), err)
			break
		}
	}
	list, err := f.ReadDir(0)
	show("rest", total, len(list), err)
	f.Seek(0, io.SeekStart)
	infos, err := f.Readdir(-1)
	show("readdir", len(infos), infos[0].Mode(), err)
	f.Seek(0, io.SeekStart)
	found, err := f.Readdirnames(100)
	show("names", len(found), err)
	_, err = f.Read(make([]byte, 10))
	show("read", err)
	show("close", f.Close())
	_, err = f.ReadDir(1)
	fmt.Println(err != nil)
	os.Mkdir(at("empty"), 0o777)
	entries, err := os.ReadDir(at("empty"))
	show("empty", entries, err)
	f, _ = os.Open(at("names/plain"))
	_, err = f.ReadDir(1)
	fmt.Println(err != nil)
	f.Close()
}

func descriptions() {
	show("write", os.WriteFile(at("file"), []byte("twelve bytes"), 0o666))
	old := time.Date(2001, 2, 3, 4, 5, 6, 789_000_000, time.UTC)
	show("chtimes", os.Chtimes(at("file"), time.Time{}, old))
	info, err := os.Stat(at("file"))
	show("stat", info.Name(), info.Size(), info.Mode(), info.ModTime().UTC(), info.IsDir(), err)
	os.Chtimes(at("file"), old, time.Date(1969, 12, 31, 23, 59, 58, 500_000_000, time.UTC))
	info, _ = os.Stat(at("file"))
	show("before 1970", info.ModTime().UTC())
	f, err := os.OpenFile(at("file"), os.O_RDWR|os.O_APPEND, 0)
	show("open", err)
	f.WriteString("!")
	info, err = f.Stat()
	show("stat", info.Name(), info.Size(), info.Mode(), err)
	other, _ := os.Stat(base + "/./file")
	show("same", os.SameFile(info, other))
	show("truncate", f.Truncate(6))
	f.WriteString("+")
	f.Close()
	data, err := os.ReadFile(at("file"))
	show("read", string(data), err)
	info, err = os.Stat(base + "/")
	show("dir", info.IsDir(), info.Mode(), err)
	info, err = os.Stat("/dev/null")
	show("device", info.Mode().Type(), err)
	show("truncate", os.Truncate(at("file"), 20), os.Truncate(at("file"), -1))
	data, err = os.ReadFile(at("file"))
	show("read", len(data), data[19], err)
}

func links() {
	show("symlink", os.Symlink("file", at("soft")))
	show("symlink", os.Symlink("-n 'o'\nwhere", at("dangling")))
	show("link", os.Link(at("file"), at("hard")))
	for _, name := range []string{"soft", "dangling", "hard"} {
		info, err := os.Lstat(at(name))
		show("lstat", info.Name(), info.Mode().Type(), err)
		_, err = os.Stat(at(name))
		show("stat", err)
		target, err := os.Readlink(at(name))
		show("readlink", fmt.Sprintf("%q", target), err)
	}
	a, _ := os.Stat(at("file"))
	b, _ := os.Stat(at("hard"))
	c, _ := os.Stat(at("soft"))
	d, _ := os.Lstat(at("soft"))
	show("same", os.SameFile(a, b), os.SameFile(a, c), os.SameFile(a, d))
	show("loop", os.Symlink("loop", at("loop")))
	_, err := os.Stat(at("loop"))
	show("stat", err)
	_, err = os.ReadFile(at("loop"))
	show("read", err)
	show("dir", os.Symlink("names", at("to names")))
	entries, err := os.ReadDir(at("to names"))
	show("readdir", len(entries), err)
	show("remove", os.RemoveAll(at("to names")))
	entries, err = os.ReadDir(at("names"))
	show("kept", len(entries), err)
}

func attributes() {
	show("chmod", os.Chmod(at("file"), 0o640))
	info, _ := os.Stat(at("file"))
	show("mode", info.Mode())
	show("chmod", os.Chmod(at("file"), 0o755|fs.ModeSetuid|fs.ModeSticky))
	info, _ = os.Stat(at("file"))
	show("mode", info.Mode())
	show("mkdir", os.Mkdir(at("private"), 0o700))
	info, _ = os.Stat(at("private"))
	show("mode", info.Mode())
	show("chown", os.Chown(at("file"), -1, -1), os.Lchown(at("dangling"), os.Getuid(), -1))
	f, _ := os.Open(at("file"))
	show("chmod", f.Chmod(0o600))
	info, _ = f.Stat()
	show("mode", info.Mode())
	f.Close()
}

func moves() {
	show("rename", os.Rename(at("file"), at("file2")))
	show("rename", os.Rename(at("nothing"), at("x")))
	show("rename", os.Rename(at("file2"), at("names")))
	show("rename", os.Rename(at("private"), at("names")))
	show("rename", os.Rename(at("private"), at("public")))
	show("rename", os.Rename(at("nothing"), at("names")))
	info, err := os.Stat(at("public"))
	show("stat", info.IsDir(), err)
}

func workdir() {
	start, err := os.Getwd()
	fmt.Println(filepath.IsAbs(start), err)
	dot, err := os.Open(".")
	show("open", err)
	show("chdir", os.Chdir(at("names")))
	dir, err := os.Getwd()
	fmt.Println(filepath.Base(dir), err)
	data, err := os.ReadFile("-rf")
	show("read", string(data), err)
	show("write", os.WriteFile("relative", []byte("yes"), 0o666))
	f, err := os.Open("relative")
	show("open", err)
	sub, err := os.Open("../listing")
	show("open", err)
	show("chdir", os.Chdir(".."))
	info, err := f.Stat()
	show("stat", info.Size(), info.Mode(), err)
	f.Close()
	found, err := sub.Readdirnames(-1)
	show("names", len(found), err)
	show("chdir", sub.Chdir())
	sub.Close()
	dir, err = os.Getwd()
	fmt.Println(filepath.Base(dir), err)
	show("remove", os.Remove("../names/relative"))
	show("mkdir", os.Mkdir("-p", 0o777))
	show("remove", os.RemoveAll("-p"))
	abs, err := filepath.Abs("x")
	show("abs", filepath.Base(filepath.Dir(abs)), err)
	show("chdir", dot.Chdir())
	dot.Close()
	dir, err = os.Getwd()
	fmt.Println(dir == start, err)
}

func walk() {
	show("mkdir", os.MkdirAll(at("tree/a/b"), 0o777))
	os.WriteFile(at("tree/a/b/c.txt"), []byte("c"), 0o666)
	os.WriteFile(at("tree/z.txt"), []byte("z"), 0o666)
	os.Symlink("z.txt", at("tree/link"))
	err := filepath.WalkDir(at("tree"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(base, path)
		fmt.Println(rel, d.Type(), d)
		return nil
	})
	show("walk", err)
	matches, err := filepath.Glob(at("tree/*.t?t"))
	show("glob", matches, err)
	resolved, err := filepath.EvalSymlinks(at("tree/link"))
	show("links", filepath.Base(resolved), err)
	show("copy", os.CopyFS(at("copy"), os.DirFS(at("tree"))))
	show("copy", os.CopyFS(at("copy"), os.DirFS(at("tree"))))
	data, err := fs.ReadFile(os.DirFS(at("copy")), "a/b/c.txt")
	show("read", string(data), err)
	_, err = fs.ReadFile(os.DirFS(at("copy")), "a/b/d.txt")
	show("read", err)
	link, err := fs.ReadLink(os.DirFS(at("copy")), "link")
	show("link", link, err)
	found, err := fs.Glob(os.DirFS(at("copy")), "*/*/*")
	show("glob", found, err)
}

func root() {
	r, err := os.OpenRoot(at("copy"))
	show("root", err)
	show("mkdir", r.Mkdir("new", 0o777), r.Mkdir("new", 0o777))
	show("mkdirall", r.MkdirAll("new/er/est", 0o777))
	show("write", r.WriteFile("new/file", []byte("data"), 0o666))
	_, err = r.Stat("../tree")
	show("escape", err)
	_, err = r.Stat("nothing")
	show("stat", err)
	info, err := r.Lstat("link")
	show("lstat", info.Mode().Type(), err)
	show("rename", r.Rename("new/file", "new/other"), r.Rename("nothing", "x"))
	show("remove", r.Remove("new"), r.RemoveAll("new"))
	f, err := r.Create("made")
	show("create", err)
	f.Close()
	show("close", r.Close())
}
