//go:build ignore

// Gen writes frames.bin: ten minutes of five nodes that report every 20 seconds, with a daily curve, sensor noise, one
// damaged frame, one spike, and a last frame that was cut off. Run it with `go run gen.go`.
package main

import (
	"encoding/binary"
	"log"
	"math"
	"math/rand/v2"
	"os"
)

func main() {
	random := rand.New(rand.NewPCG(2026, 11))
	var out []byte
	sequence := [5]uint16{}
	for second := uint32(0); second < 600; second += 20 {
		for node := range 5 {
			phase := float64(second)/86400*2*math.Pi + float64(node)
			celsius := 12 + 6*math.Sin(phase) + random.NormFloat64()*0.15
			if second == 260 && node == 3 {
				celsius = 85 // the sensor's power-on value
			}
			frame := binary.LittleEndian.AppendUint16([]byte{0xA5, byte(node + 1)}, sequence[node])
			frame = binary.LittleEndian.AppendUint32(frame, second+uint32(node))
			frame = binary.LittleEndian.AppendUint16(frame, uint16(int16(math.Round(celsius*100))))
			frame = binary.LittleEndian.AppendUint16(frame, uint16(620-celsius*11+random.NormFloat64()*4))
			frame = binary.LittleEndian.AppendUint32(frame, uint32(101325+200*math.Cos(phase)+random.NormFloat64()*6))
			frame = binary.LittleEndian.AppendUint16(frame, crc16(frame))
			if second == 140 && node == 1 {
				frame[9] ^= 0x10 // a bit flipped on the air
			}
			out = append(out, frame...)
			sequence[node]++
		}
	}
	if err := os.WriteFile("frames.bin", out[:len(out)-5], 0o644); err != nil {
		log.Fatal(err)
	}
}

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
