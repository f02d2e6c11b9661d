package load

import (
	"go/token"
	"go/types"
	"go/version"
	"regexp"
)

var needsVersion = regexp.MustCompile(`requires go[0-9]+\.[0-9]+ or later$`)

// versionHint says where the language version comes from that an error of u complains of, as gc does; nothing for other errors.
func (l *loader) versionHint(u *unit, te types.Error) string {
	if !needsVersion.MatchString(te.Msg) {
		return ""
	}
	if declared := declaredVersion(u, te.Pos); declared != "" {
		return " (file declares //go:build " + declared + ")"
	}
	return " (-lang was set to " + version.Lang(goVersion(u.list)) + "; check go.mod)"
}

// declaredVersion is the version that the build constraint of the file at pos has chosen.
func declaredVersion(u *unit, pos token.Pos) string {
	if len(u.pkg.Files) == 0 {
		return ""
	}
	file := fileOf(u.pkg.Files, pos)
	if file.GoVersion != u.pkg.Info.FileVersions[file] {
		return ""
	}
	return file.GoVersion
}
