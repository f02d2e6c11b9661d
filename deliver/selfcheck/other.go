//go:build !linux

package selfcheck

func (c *checker) none(code string) { c.add(code, Unknown, "only looked at on Linux") }

func (c *checker) text()             { c.none("text") }
func (c *checker) mappings()         { c.none("mappings") }
func (c *checker) tracer()           { c.none("tracer") }
func (c *checker) init(string)       { c.none("init") }
func (c *checker) environment()      { c.none("environment") }
func (c *checker) readOnly([]string) { c.none("read-only") }
func (c *checker) memory(int)        { c.none("memory") }
