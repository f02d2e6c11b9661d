package initeval

import "encoding/binary"

func (o *object) setRef(word int64, r *object) {
	if o.refs == nil {
		if r == nil {
			return
		}
		o.refs = make([]*object, (o.size+wordSize-1)/wordSize)
	}
	o.refs[word] = r
}

func (o *object) putWord(off int64, n uint32, r *object) {
	if off%wordSize != 0 {
		fail("misaligned pointer")
	}
	binary.LittleEndian.PutUint32(o.data[off:], n)
	o.setRef(off/wordSize, r)
}

func (o *object) word(off int64) (uint32, *object) {
	if off%wordSize != 0 {
		fail("misaligned pointer")
	}
	var r *object
	if o.refs != nil {
		r = o.refs[off/wordSize]
	}
	return binary.LittleEndian.Uint32(o.data[off:]), r
}

// pointer reads a pointer word. A number that is not zero has no meaning as a pointer at build time.
func (o *object) pointer(off int64) (uint32, *object) {
	n, r := o.word(off)
	if r == nil && n != 0 {
		fail("pointer made from a number")
	}
	return n, r
}

// load reads a value of layout l at p.
func (m *machine) load(p value, l *layout) value {
	o := m.readable(p, l.size)
	return m.get(o, int64(p.off), l)
}

// get is load without checks.
func (m *machine) get(o *object, off int64, l *layout) value {
	if o.data == nil {
		return value{}
	}
	switch l.kind {
	case kindBool, kindInt, kindUint, kindFloat:
		if o.refs != nil {
			if l.uintptr && off%wordSize == 0 && o.refs[off/wordSize] != nil {
				n, r := o.word(off)
				return value{ref: r, off: n}
			}
			m.noPointers(o, off, l.size)
		}
		return value{n: getScalar(o.data[off:], l)}
	case kindPointer:
		n, r := o.pointer(off)
		if r != nil && (r.role == roleBox || r.role == roleType) {
			fail("looks into an interface")
		}
		return value{ref: r, off: n}
	case kindString:
		n, r := o.pointer(off)
		size, _ := o.word(off + wordSize)
		return value{ref: r, off: n, n: uint64(size)}
	case kindSlice:
		n, r := o.pointer(off)
		size, _ := o.word(off + wordSize)
		cap, _ := o.word(off + 2*wordSize)
		return sliceValue(r, n, int64(size), int64(cap))
	case kindIface:
		_, t := o.pointer(off)
		_, b := o.pointer(off + wordSize)
		if t != nil && (t.role != roleType || b == nil || b.role != roleBox) {
			fail("interface made from its parts")
		}
		return value{ref: t, mem: b}
	}
	return value{mem: m.snapshot(o, off, l)}
}

// snapshot copies an aggregate into an immutable register object.
func (m *machine) snapshot(o *object, off int64, l *layout) *object {
	m.spend(l.size / wordSize)
	s := &object{role: roleBox, size: l.size, typ: l.typ, data: append([]byte(nil), o.data[off:off+l.size]...)}
	copyRefs(s, 0, o, off, l.size)
	return s
}

// copyRefs copies the pointers of n bytes; both offsets must agree modulo the word size if there are any.
func copyRefs(dst *object, to int64, src *object, from, n int64) {
	if dst.refs == nil && src.refs == nil || n == 0 {
		return
	}
	if to%wordSize != 0 || from%wordSize != 0 {
		// Only bytes can be misaligned; they may not overlap pointers on either side.
		for i := from / wordSize; src.refs != nil && i*wordSize < from+n; i++ {
			if src.refs[i] != nil {
				fail("misaligned copy of pointers")
			}
		}
		for i := to / wordSize; dst.refs != nil && i*wordSize < to+n; i++ {
			if dst.refs[i] != nil {
				fail("misaligned copy over pointers")
			}
		}
		return
	}
	if dst.refs == nil {
		dst.refs = make([]*object, (dst.size+wordSize-1)/wordSize)
	}
	w := (n + wordSize - 1) / wordSize
	d := dst.refs[to/wordSize : to/wordSize+w]
	if src.refs == nil {
		clear(d)
		return
	}
	copy(d, src.refs[from/wordSize:from/wordSize+w])
}

// store writes v of layout l to p.
func (m *machine) store(p value, v value, l *layout) {
	o := m.writable(p, l.size)
	m.put(o, int64(p.off), v, l)
}

// put is store without checks.
func (m *machine) put(o *object, off int64, v value, l *layout) {
	if o.data == nil {
		o.data = make([]byte, o.size)
	}
	switch l.kind {
	case kindBool, kindInt, kindUint, kindFloat:
		if v.ref != nil { // the linker can fill in an address as a number
			if !l.uintptr || v.ref.role != roleData && v.ref.role != roleSymbol {
				fail("address kept as a number")
			}
			o.putWord(off, v.off, v.ref)
			return
		}
		if o.refs != nil {
			for i := off / wordSize; i*wordSize < off+l.size; i++ {
				if o.refs[i] != nil && l.size < wordSize {
					fail("part of a pointer overwritten")
				}
				o.refs[i] = nil
			}
		}
		putScalar(o.data[off:], v.n, l.size)
	case kindPointer:
		o.putWord(off, v.off, v.ref)
	case kindString:
		o.putWord(off, v.off, v.ref)
		o.putWord(off+wordSize, uint32(v.n), nil)
	case kindSlice:
		o.putWord(off, v.off, v.ref)
		o.putWord(off+wordSize, uint32(v.n), nil)
		o.putWord(off+2*wordSize, uint32(v.n>>32), nil)
	case kindIface:
		o.putWord(off, 0, v.ref)
		o.putWord(off+wordSize, 0, v.mem)
	default:
		m.putAggregate(o, off, v.mem, l)
	}
}

func (m *machine) putAggregate(o *object, off int64, src *object, l *layout) {
	m.spend(l.size / wordSize)
	if src == nil || src.data == nil {
		src = &object{size: l.size}
		clear(o.data[off : off+l.size])
	} else {
		copy(o.data[off:], src.data[:l.size])
	}
	copyRefs(o, off, src, 0, l.size)
}

// move copies n bytes between objects that may be the same.
func (m *machine) move(dst, src value, n int64) {
	if n == 0 {
		return
	}
	from := m.readable(src, n)
	to := m.writable(dst, n)
	m.spend(n / wordSize)
	if from.data == nil {
		from = &object{size: from.size, data: make([]byte, from.size)}
	}
	if from.refs != nil && from == to {
		from = &object{size: from.size, data: from.data, refs: append([]*object(nil), from.refs...)}
	}
	copy(to.data[dst.off:int64(dst.off)+n], from.data[src.off:])
	copyRefs(to, int64(dst.off), from, int64(src.off), n)
}

func getScalar(b []byte, l *layout) uint64 {
	signed := l.kind == kindInt
	switch l.size {
	case 1:
		if signed {
			return uint64(int8(b[0]))
		}
		return uint64(b[0])
	case 2:
		n := binary.LittleEndian.Uint16(b)
		if signed {
			return uint64(int16(n))
		}
		return uint64(n)
	case 4:
		n := binary.LittleEndian.Uint32(b)
		if signed {
			return uint64(int32(n))
		}
		return uint64(n)
	}
	return binary.LittleEndian.Uint64(b)
}

func putScalar(b []byte, n uint64, size int64) {
	switch size {
	case 1:
		b[0] = byte(n)
	case 2:
		binary.LittleEndian.PutUint16(b, uint16(n))
	case 4:
		binary.LittleEndian.PutUint32(b, uint32(n))
	default:
		binary.LittleEndian.PutUint64(b, n)
	}
}
