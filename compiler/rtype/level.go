package rtype

import "go/types"

// Level is how much of a type's descriptor a program needs.
type Level int

// The levels.
const (
	LevelNone Level = iota // none
	LevelData              // abi.Type without name and equality, for allocation, collection and comparing addresses
	LevelFull              // all of it
)

// MaskOnDemand reports whether t has so many words that its pointer mask is not stored: the collector walks t by its kind.
func MaskOnDemand(sizes types.Sizes, t types.Type) bool {
	return PtrBytes(sizes, t)/WordSize > maxMaskBits
}
