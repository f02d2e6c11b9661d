//go:build mote

package volatile

// Register32 is a device register of 32 bits.
type Register32 struct {
	Reg uint32
}

// Get reads the register.
func (r *Register32) Get() uint32 { return LoadUint32(&r.Reg) }

// Set writes the register.
func (r *Register32) Set(value uint32) { StoreUint32(&r.Reg, value) }

// SetBits reads the register, sets the bits of value and writes it.
func (r *Register32) SetBits(value uint32) { r.Set(r.Get() | value) }

// ClearBits reads the register, clears the bits of value and writes it.
func (r *Register32) ClearBits(value uint32) { r.Set(r.Get() &^ value) }

// HasBits reads the register and reports whether any bit of value is set.
func (r *Register32) HasBits(value uint32) bool { return r.Get()&value != 0 }

// ReplaceBits reads the register, puts value in place of the field mask<<pos and writes it. Mask and value are given
// before the shift.
func (r *Register32) ReplaceBits(value, mask uint32, pos uint8) {
	r.Set(r.Get()&^(mask<<pos) | value<<pos)
}
