package image

import (
	"debug/elf"
	"testing"
)

func TestVectors(t *testing.T) {
	s := goodSections()
	w := vectorWords()
	w[17] = 0x0800_0111 // in the middle of main.f
	s[0].data = words(w)
	list, err := Vectors(save(t, build(elf.EM_ARM, 0x0800_0101, s)), board)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 20 {
		t.Fatalf("%d vectors", len(list))
	}
	for i, want := range map[int]Vector{
		0:  {Number: 0, IRQ: -1, Name: "SP", Word: 0x2000_0100},
		1:  {Number: 1, IRQ: -1, Name: "Reset", Word: 0x0800_0101, Symbol: "main.f"},
		3:  {Number: 3, IRQ: -1, Name: "HardFault", Word: 0x0800_0101, Symbol: "main.f"},
		7:  {Number: 7, IRQ: -1, Name: "reserved", Word: 0x0800_0101, Symbol: "main.f"},
		16: {Number: 16, IRQ: 0, Name: "UART", Word: 0x0800_0101, Symbol: "main.f"},
		17: {Number: 17, IRQ: 1, Name: "IRQ1", Word: 0x0800_0111},
	} {
		if list[i] != want {
			t.Errorf("vector %d is %+v, want %+v", i, list[i], want)
		}
	}
}

// TestVectorsOfDamage: what is wrong with an image is an error.
func TestVectorsOfDamage(t *testing.T) {
	for name, damage := range map[string]func(s []section){
		"no table": func(s []section) { s[0].name = ".other" },
		"short":    func(s []section) { s[0].data = s[0].data[:40] },
	} {
		s := goodSections()
		damage(s)
		if list, err := Vectors(save(t, build(elf.EM_ARM, 0x0800_0101, s)), board); err == nil {
			t.Errorf("%s: %d vectors and no error", name, len(list))
		}
	}
	if _, err := Vectors(save(t, []byte("nonsense")), board); err == nil {
		t.Error("no error for a file that is no image")
	}
}
