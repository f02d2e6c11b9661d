//go:build mote

package volatile

// Register64 is a device register of 64 bits.
type Register64 struct {
	Reg uint64
}

// Get reads the register.
func (r *Register64) Get() uint64 { return LoadUint64(&r.Reg) }

// Set writes the register.
func (r *Register64) Set(value uint64) { StoreUint64(&r.Reg, value) }

// SetBits reads the register, sets the bits of value and writes it.
func (r *Register64) SetBits(value uint64) { r.Set(r.Get() | value) }

// ClearBits reads the register, clears the bits of value and writes it.
func (r *Register64) ClearBits(value uint64) { r.Set(r.Get() &^ value) }

// HasBits reads the register and reports whether any bit of value is set.
func (r *Register64) HasBits(value uint64) bool { return r.Get()&value != 0 }

// ReplaceBits reads the register, puts value in place of the field mask<<pos and writes it. Mask and value are given
// before the shift.
func (r *Register64) ReplaceBits(value, mask uint64, pos uint8) {
	r.Set(r.Get()&^(mask<<pos) | value<<pos)
}
