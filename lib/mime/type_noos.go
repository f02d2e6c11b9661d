//go:build mote

package mime

// A device has no tables of types beside those in the program.
func init() { osInitMime = func() {} }

// initMimeForTests returns what the package's own test expects of extensions: types that are built in, and none.
func initMimeForTests() map[string]string {
	return map[string]string{".html": "text/html; charset=utf-8", ".png": "image/png", ".T1": ""}
}
