//go:build mote

package runtime

import (
	"internal/abi"
	"unsafe"
)

// Hash functions of map keys. All have the shape func(p unsafe.Pointer, seed uintptr) uintptr with p pointing at the key.
//
// Whatever hashes a value of type T must call the same functions in the same order: what the compiler generates for T
// (type:.hash.T), typehash for keys in interfaces and for map types made by reflect. The rule: a type of regular memory is
// hashed by memhash over its bytes (memhash32 and memhash64 give the same, for aligned words); other arrays and structs
// element by element and field by field, blank fields left out, each with the previous hash as its seed.
//
// Safety: descriptors name these functions for keys of exactly the type that each one reads; p points to such a key.

// Multipliers of MurmurHash3 (32 bits, public domain): odd, with well mixed bits.
const (
	mixA = 0xcc9e2d51
	mixB = 0x1b873593
	mixC = 0x85ebca6b
	mixD = 0xc2b2ae35
)

// avalanche makes every bit of the result depend on every bit of h: maps take 7 low bits for control bytes and the
// rest for the group.
func avalanche(h uint32) uintptr {
	h ^= h >> 16
	h *= mixC
	h ^= h >> 13
	h *= mixD
	h ^= h >> 16
	return uintptr(h)
}

// absorb mixes one more word into h.
func absorb(h, word uint32) uint32 {
	word *= mixA
	word = word<<15 | word>>17
	h ^= word * mixB
	return (h<<13|h>>19)*5 + 0xe6546b64
}

// load32 reads a word that need not be aligned; cores that can read it at once do.
func load32(p unsafe.Pointer) uint32 {
	b := (*[4]byte)(p)
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// memhash hashes n bytes. hash/maphash and others have it by linkname.
//
//go:linkname memhash
func memhash(p unsafe.Pointer, seed, n uintptr) uintptr {
	h := uint32(seed)
	i := uintptr(0)
	for ; i+4 <= n; i += 4 {
		h = absorb(h, load32(add(p, i)))
	}
	var tail uint32
	for shift := 0; i < n; i++ {
		tail |= uint32(*(*byte)(add(p, i))) << shift
		shift += 8
	}
	if n&3 != 0 {
		h = absorb(h, tail)
	}
	return avalanche(h ^ uint32(n))
}

func memhash8(p unsafe.Pointer, seed uintptr) uintptr { return memhash(p, seed, 1) }

func memhash16(p unsafe.Pointer, seed uintptr) uintptr { return memhash(p, seed, 2) }

//go:linkname memhash32
func memhash32(p unsafe.Pointer, seed uintptr) uintptr {
	return avalanche(absorb(uint32(seed), *(*uint32)(p)) ^ 4)
}

//go:linkname memhash64
func memhash64(p unsafe.Pointer, seed uintptr) uintptr {
	words := (*[2]uint32)(p)
	return avalanche(absorb(absorb(uint32(seed), words[0]), words[1]) ^ 8)
}

//go:linkname strhash
func strhash(p unsafe.Pointer, seed uintptr) uintptr {
	s := *(*string)(p)
	return memhash(unsafe.Pointer(unsafe.StringData(s)), seed, uintptr(len(s)))
}

// f32hash gives +0 and -0 one hash and every NaN another one, as no NaN equals any key.
func f32hash(p unsafe.Pointer, seed uintptr) uintptr {
	f := *(*float32)(p)
	switch {
	case f == 0:
		return avalanche(uint32(seed))
	case f != f:
		return avalanche(uint32(seed) ^ uint32(rand()))
	}
	return memhash32(p, seed)
}

func f64hash(p unsafe.Pointer, seed uintptr) uintptr {
	f := *(*float64)(p)
	switch {
	case f == 0:
		return avalanche(uint32(seed))
	case f != f:
		return avalanche(uint32(seed) ^ uint32(rand()))
	}
	return memhash64(p, seed)
}

func c64hash(p unsafe.Pointer, seed uintptr) uintptr {
	parts := (*[2]float32)(p)
	return f32hash(unsafe.Pointer(&parts[1]), f32hash(unsafe.Pointer(&parts[0]), seed))
}

func c128hash(p unsafe.Pointer, seed uintptr) uintptr {
	parts := (*[2]float64)(p)
	return f64hash(unsafe.Pointer(&parts[1]), f64hash(unsafe.Pointer(&parts[0]), seed))
}

// interhash hashes an interface value with methods.
func interhash(p unsafe.Pointer, seed uintptr) uintptr {
	i := (*iface)(p)
	if i.ITab == nil {
		return seed
	}
	return dynamichash(i.ITab.Type, &i.Data, seed)
}

// nilinterhash hashes an interface value without methods.
//
//go:linkname nilinterhash
func nilinterhash(p unsafe.Pointer, seed uintptr) uintptr {
	e := (*eface)(p)
	if e.Type == nil {
		return seed
	}
	return dynamichash(e.Type, &e.Data, seed)
}

// dynamichash hashes what an interface with the data word *data holds.
func dynamichash(t *_type, data *unsafe.Pointer, seed uintptr) uintptr {
	if t.Equal == nil {
		// Here rather than in typehash, so that the message names the whole type and not one of its fields.
		panic(errorString("hash of unhashable type " + typeString(t)))
	}
	p := *data
	if t.IsDirectIface() {
		p = unsafe.Pointer(data)
	}
	return avalanche(uint32(typehash(t, p, seed)) ^ t.Hash)
}

// typehash hashes the value of type t at p by walking its descriptor.
//
//go:linkname typehash
func typehash(t *_type, p unsafe.Pointer, seed uintptr) uintptr {
	if t.TFlag&abi.TFlagRegularMemory != 0 {
		return memhash(p, seed, t.Size_) // not by words: a [4]byte need not be aligned
	}
	switch t.Kind() {
	case abi.Float32:
		return f32hash(p, seed)
	case abi.Float64:
		return f64hash(p, seed)
	case abi.Complex64:
		return c64hash(p, seed)
	case abi.Complex128:
		return c128hash(p, seed)
	case abi.String:
		return strhash(p, seed)
	case abi.Interface:
		if len((*interfacetype)(unsafe.Pointer(t)).Methods) == 0 {
			return nilinterhash(p, seed)
		}
		return interhash(p, seed)
	case abi.Array:
		return arrayhash((*arraytype)(unsafe.Pointer(t)), p, seed)
	case abi.Struct:
		return structhash((*structtype)(unsafe.Pointer(t)), p, seed)
	}
	panic(errorString("hash of unhashable type " + typeString(t)))
}

func arrayhash(t *arraytype, p unsafe.Pointer, h uintptr) uintptr {
	for i := uintptr(0); i < t.Len; i++ {
		h = typehash(t.Elem, add(p, i*t.Elem.Size_), h)
	}
	return h
}

func structhash(t *structtype, p unsafe.Pointer, h uintptr) uintptr {
	for i := range t.Fields {
		f := &t.Fields[i]
		if !f.Name.IsBlank() {
			h = typehash(f.Typ, add(p, f.Offset), h)
		}
	}
	return h
}

// reflect_typehash is typehash for map types that reflect makes.
//
//go:linkname reflect_typehash reflect.typehash
func reflect_typehash(t *_type, p unsafe.Pointer, seed uintptr) uintptr { return typehash(t, p, seed) }
