package image

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Write converts the ELF image to the format that the name out asks for: .bin or .hex; any other name gets a copy of the ELF.
func Write(elfPath, out string) error {
	format := filepath.Ext(out)
	if format != ".bin" && format != ".hex" {
		data, err := os.ReadFile(elfPath)
		if err != nil {
			return err
		}
		return os.WriteFile(out, data, 0o777)
	}
	f, err := open(elfPath)
	if err != nil {
		return err
	}
	defer f.Close()
	all, err := chunks(f)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if format == ".bin" {
		err = writeBinary(&b, all)
	} else {
		err = writeHex(&b, all, uint32(f.Entry))
	}
	if err != nil {
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o666)
}

// erased is what flash holds where nothing is written.
const erased = 0xFF

// writeBinary writes everything from the first byte to the last, gaps filled as erased flash.
func writeBinary(w io.Writer, all []chunk) error {
	if len(all) == 0 {
		return damaged("nothing to load")
	}
	start, end := all[0].addr, all[len(all)-1].end()
	if end-start > maxImage {
		return damaged("a binary from %#x to %#x would have %d bytes: write .hex", start, end, end-start)
	}
	at := start
	for _, c := range all {
		gap := bytes.Repeat([]byte{erased}, int(c.addr-at))
		if _, err := w.Write(append(gap, c.data...)); err != nil {
			return err
		}
		at = c.end()
	}
	return nil
}

// Record types of the Intel hexadecimal object format.
const (
	hexData    = 0
	hexEnd     = 1
	hexAddress = 4 // upper 16 bits of the addresses that follow
	hexStart   = 5 // entry point
)

// writeHex writes records of up to 16 bytes, none of which crosses a boundary of 64 KB.
func writeHex(w io.Writer, all []chunk, entry uint32) error {
	b := bufio.NewWriter(w)
	upper := uint64(1 << 32) // none yet
	for _, c := range all {
		for addr, data := c.addr, c.data; len(data) > 0; {
			if addr>>16 != upper {
				upper = addr >> 16
				writeRecord(b, hexAddress, 0, []byte{byte(upper >> 8), byte(upper)})
			}
			n := min(16, len(data), int(0x10000-addr&0xFFFF))
			writeRecord(b, hexData, uint16(addr), data[:n])
			addr, data = addr+uint64(n), data[n:]
		}
	}
	writeRecord(b, hexStart, 0, []byte{byte(entry >> 24), byte(entry >> 16), byte(entry >> 8), byte(entry)})
	writeRecord(b, hexEnd, 0, nil)
	return b.Flush()
}

func writeRecord(w io.Writer, kind byte, addr uint16, data []byte) {
	record := append([]byte{byte(len(data)), byte(addr >> 8), byte(addr), kind}, data...)
	sum := byte(0)
	for _, x := range record {
		sum += x
	}
	fmt.Fprintf(w, ":%X%02X\n", record, -sum)
}
