//go:build mote

package volatile

// Register8 is a device register of 8 bits.
type Register8 struct {
	Reg uint8
}

// Get reads the register.
func (r *Register8) Get() uint8 { return LoadUint8(&r.Reg) }

// Set writes the register.
func (r *Register8) Set(value uint8) { StoreUint8(&r.Reg, value) }

// SetBits reads the register, sets the bits of value and writes it.
func (r *Register8) SetBits(value uint8) { r.Set(r.Get() | value) }

// ClearBits reads the register, clears the bits of value and writes it.
func (r *Register8) ClearBits(value uint8) { r.Set(r.Get() &^ value) }

// HasBits reads the register and reports whether any bit of value is set.
func (r *Register8) HasBits(value uint8) bool { return r.Get()&value != 0 }

// ReplaceBits reads the register, puts value in place of the field mask<<pos and writes it. Mask and value are given
// before the shift.
func (r *Register8) ReplaceBits(value, mask uint8, pos uint8) {
	r.Set(r.Get()&^(mask<<pos) | value<<pos)
}
