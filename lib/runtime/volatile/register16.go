//go:build mote

package volatile

// Register16 is a device register of 16 bits.
type Register16 struct {
	Reg uint16
}

// Get reads the register.
func (r *Register16) Get() uint16 { return LoadUint16(&r.Reg) }

// Set writes the register.
func (r *Register16) Set(value uint16) { StoreUint16(&r.Reg, value) }

// SetBits reads the register, sets the bits of value and writes it.
func (r *Register16) SetBits(value uint16) { r.Set(r.Get() | value) }

// ClearBits reads the register, clears the bits of value and writes it.
func (r *Register16) ClearBits(value uint16) { r.Set(r.Get() &^ value) }

// HasBits reads the register and reports whether any bit of value is set.
func (r *Register16) HasBits(value uint16) bool { return r.Get()&value != 0 }

// ReplaceBits reads the register, puts value in place of the field mask<<pos and writes it. Mask and value are given
// before the shift.
func (r *Register16) ReplaceBits(value, mask uint16, pos uint8) {
	r.Set(r.Get()&^(mask<<pos) | value<<pos)
}
