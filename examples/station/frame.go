package main

import (
	"encoding/binary"
	"fmt"
)

// A frame on the air, little endian:
//
//	offset  size
//	0       1     sync, 0xA5
//	1       1     node
//	2       2     sequence number
//	4       4     seconds since the start of the recording
//	8       2     temperature in 0.01 °C, signed
//	10      2     relative humidity in 0.1 %
//	12      4     pressure in Pa
//	16      2     CRC-16/CCITT-FALSE of bytes 0 to 15
const (
	frameSize = 18
	syncByte  = 0xA5
)

// Reading is the content of a valid frame in physical units.
type Reading struct {
	Node        byte
	Sequence    uint16
	Second      uint32
	Celsius     float64
	Humidity    float64 // percent
	Hectopascal float64
}

// ChecksumError tells that a frame was damaged on the air.
type ChecksumError struct {
	Got, Want uint16
}

func (e *ChecksumError) Error() string {
	return fmt.Sprintf("checksum is %#04x, frame says %#04x", e.Got, e.Want)
}

// Decode checks one frame and converts it. Its errors are a *ChecksumError or describe the malformed field.
func Decode(raw []byte) (Reading, error) {
	if len(raw) < frameSize {
		return Reading{}, fmt.Errorf("cut off after %d of %d bytes", len(raw), frameSize)
	}
	if raw[0] != syncByte {
		return Reading{}, fmt.Errorf("sync byte is %#02x, want %#02x", raw[0], syncByte)
	}
	if got, want := crc16(raw[:16]), binary.LittleEndian.Uint16(raw[16:]); got != want {
		return Reading{}, &ChecksumError{got, want}
	}
	return Reading{
		Node:        raw[1],
		Sequence:    binary.LittleEndian.Uint16(raw[2:]),
		Second:      binary.LittleEndian.Uint32(raw[4:]),
		Celsius:     float64(int16(binary.LittleEndian.Uint16(raw[8:]))) / 100,
		Humidity:    float64(binary.LittleEndian.Uint16(raw[10:])) / 10,
		Hectopascal: float64(binary.LittleEndian.Uint32(raw[12:])) / 100,
	}, nil
}

// crc16 is CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF, not reflected (check value 0x29B1).
func crc16(data []byte) uint16 {
	crc := uint16(0xFFFF)
	for _, b := range data {
		crc ^= uint16(b) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}
