package link

// Versions identifies the tools that Link would run, for the key of a cached build. A missing tool is an error that names its package.
func Versions() (string, error) {
	t, err := findTools()
	if err != nil {
		return "", err
	}
	return t.clang.path + " " + t.clang.version + " " + t.lld.path + " " + t.lld.version, nil
}
