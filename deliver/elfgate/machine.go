package elfgate

import (
	"debug/elf"
	"fmt"
)

// machine is how ELF describes an architecture.
type machine struct {
	machine elf.Machine
	class   elf.Class
	data    elf.Data
	flags   func(flags uint32) string // what is wrong with e_flags; empty if nothing
}

// machineOf is the description of a GOARCH that device profiles know.
func machineOf(arch string) machine {
	const little, big = elf.ELFDATA2LSB, elf.ELFDATA2MSB
	const b32, b64 = elf.ELFCLASS32, elf.ELFCLASS64
	switch arch {
	case "386":
		return machine{elf.EM_386, b32, little, noFlags}
	case "amd64":
		return machine{elf.EM_X86_64, b64, little, noFlags}
	case "arm":
		return machine{elf.EM_ARM, b32, little, armFlags}
	case "arm64":
		return machine{elf.EM_AARCH64, b64, little, noFlags}
	case "loong64":
		return machine{elf.EM_LOONGARCH, b64, little, anyFlags}
	case "mips":
		return machine{elf.EM_MIPS, b32, big, anyFlags}
	case "mipsle":
		return machine{elf.EM_MIPS, b32, little, anyFlags}
	case "mips64":
		return machine{elf.EM_MIPS, b64, big, anyFlags}
	case "mips64le":
		return machine{elf.EM_MIPS, b64, little, anyFlags}
	case "ppc64":
		return machine{elf.EM_PPC64, b64, big, anyFlags}
	case "ppc64le":
		return machine{elf.EM_PPC64, b64, little, ppc64leFlags}
	case "riscv64":
		return machine{elf.EM_RISCV, b64, little, riscvFlags}
	case "s390x":
		return machine{elf.EM_S390, b64, big, s390Flags}
	}
	return machine{elf.EM_NONE, elf.ELFCLASSNONE, elf.ELFDATANONE, anyFlags}
}

func anyFlags(uint32) string { return "" }

func noFlags(flags uint32) string {
	if flags != 0 {
		return "this machine has none"
	}
	return ""
}

// s390Flags allows EF_S390_HIGH_GPRS, which the linker sets and 64-bit programs need not.
func s390Flags(flags uint32) string {
	if flags&^1 != 0 {
		return "only the lowest bit is known"
	}
	return ""
}

// armFlags wants version 5 of the EABI, "ELF for the Arm Architecture", table of e_flags.
func armFlags(flags uint32) string {
	if version := flags >> 24; version != 5 {
		return fmt.Sprintf("version %d of the EABI, want 5", version)
	}
	return ""
}

// ppc64leFlags wants version 2 of the ABI, the only one that Linux has in little endian.
func ppc64leFlags(flags uint32) string {
	if version := flags & 3; version != 2 && version != 0 {
		return fmt.Sprintf("version %d of the ABI, want 2", version)
	}
	return ""
}

// riscvFlags refuses the ABI of processors with 16 registers (RISC-V ELF psABI, e_flags) and a quadruple-precision one.
func riscvFlags(flags uint32) string {
	const floatABI, quad, rve = 0x6, 0x6, 0x8
	switch {
	case flags&rve != 0:
		return "made for 16 registers (RVE)"
	case flags&floatABI == quad:
		return "passes floats as 128 bits"
	}
	return ""
}
