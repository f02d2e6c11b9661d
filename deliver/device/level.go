package device

// Variable is the environment variable of the go command that sets the instruction level of an architecture; empty when there is none.
func Variable(arch string) string {
	return map[string]string{
		"386": "GO386", "amd64": "GOAMD64", "arm": "GOARM", "arm64": "GOARM64", "mips": "GOMIPS", "mipsle": "GOMIPS",
		"mips64": "GOMIPS64", "mips64le": "GOMIPS64", "ppc64": "GOPPC64", "ppc64le": "GOPPC64", "riscv64": "GORISCV64",
	}[arch]
}

// Architectures are those that a profile can be for.
func Architectures() []string {
	return []string{"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64", "s390x"}
}

// Levels are the instruction levels of an architecture, lowest first: the values of Variable (`go help environment`). An architecture that has
// only one gives "base"; an unknown one nil.
func Levels(arch string) []string {
	switch arch {
	case "386":
		return []string{"softfloat", "sse2"}
	case "amd64":
		return []string{"v1", "v2", "v3", "v4"}
	case "arm":
		return []string{"5", "6", "7"}
	case "arm64":
		return []string{"v8.0", "v8.1", "v8.2", "v8.3", "v8.4", "v8.5", "v8.6", "v8.7", "v8.8", "v8.9", "v9.0", "v9.1", "v9.2", "v9.3", "v9.4", "v9.5"}
	case "mips", "mipsle", "mips64", "mips64le":
		return []string{"softfloat", "hardfloat"}
	case "ppc64", "ppc64le":
		return []string{"power8", "power9", "power10"}
	case "riscv64":
		return []string{"rva20u64", "rva22u64", "rva23u64"}
	case "loong64", "s390x":
		return []string{"base"}
	}
	return nil
}
