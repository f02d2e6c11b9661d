package link

import (
	"fmt"
	"strings"

	"mote/target"
)

// linkerScript writes the memory layout that doc/spec/abi.md promises to the runtime. The main stack lies at the bottom of
// RAM, so that its overflow leaves RAM and faults instead of running over data. grow widens every region, to measure an
// image that does not fit.
func linkerScript(t *target.Target, stacks Stacks, reserve Reserve, grow bool) string {
	var b strings.Builder
	flash, ram := t.Flash[0], t.RAM[0]
	b.WriteString("ENTRY(Reset_Handler)\nMEMORY {\n")
	writeRegion(&b, flash, "rx", grow)
	for _, g := range t.RAM {
		writeRegion(&b, g, "rwx", grow)
	}
	b.WriteString("}\nSECTIONS {\n")
	fmt.Fprintf(&b, codeSections, t.VectorAlign(), flash.Name)
	fmt.Fprintf(&b, dataSections, stacks.Main, ram.Name, flash.Name, stacks.Handler, coreStacks(t, stacks), reserve.table(), reserve.section(ram.Name))
	b.WriteString("}\n")
	writeSymbols(&b, t, stacks)
	b.WriteString(reserve.absent())
	return b.String()
}

// coreStacks is the handler stack of the second core.
func coreStacks(t *target.Target, stacks Stacks) string {
	if t.Cores < 2 {
		return ""
	}
	return fmt.Sprintf("    _core_stack_bottom = .;\n    . += %d;\n    _core_stack_top = .;\n", stacks.Handler)
}

func writeRegion(b *strings.Builder, g target.Region, flags string, grow bool) {
	length := g.Length
	if grow {
		length = 0x1000_0000
	}
	fmt.Fprintf(b, "  %s (%s) : ORIGIN = %#x, LENGTH = %#x\n", g.Name, flags, g.Origin, length)
}

// codeSections: %[1] alignment of the vector table, %[2] flash region.
const codeSections = `  .isr_vector : ALIGN(%[1]d) { KEEP(*(.isr_vector)) } > %[2]s
  .text : ALIGN(4) {
    _text_start = .;
    *(.text .text.*)
    . = ALIGN(4);
    _text_end = .;
  } > %[2]s
  .rodata : ALIGN(8) {
    _rodata_start = .;
    *(.rodata .rodata.* .srodata .srodata.*)
    . = ALIGN(4);
    _rodata_end = .;
  } > %[2]s
`

// dataSections: %[1] size of the main stack, %[2] RAM region, %[3] flash region, %[4] size of the handler stack, %[5] those of other cores, %[6] the table of slots, %[7] the reserve. The table of
// functions is the last thing in flash, so that adding it moves nothing that it describes.
const dataSections = `  .stack (NOLOAD) : ALIGN(8) {
    _main_stack_bottom = .;
    . += %[1]d;
    _main_stack_top = .;
    _stack_bottom = .;
    . += %[4]d;
    _stack_top = .;
%[5]s  } > %[2]s
  .data : ALIGN(8) {
    _data_start = .;
    _ptrdata_start = .;
    *(.data.ptr .data.ptr.*)
    . = ALIGN(4);
    _ptrdata_end = .;
    *(.data .data.* .sdata .sdata.*)
    . = ALIGN(8);
%[6]s    _data_end = .;
  } > %[2]s AT > %[3]s
  _data_load = LOADADDR(.data);
  .bss (NOLOAD) : ALIGN(8) {
    _bss_start = .;
    _ptrbss_start = .;
    *(.bss.ptr .bss.ptr.*)
    . = ALIGN(4);
    _ptrbss_end = .;
    *(.bss .bss.* .sbss .sbss.* COMMON)
    . = ALIGN(8);
    _bss_end = .;
  } > %[2]s
  .noinit (NOLOAD) : ALIGN(8) {
    *(.noinit .noinit.*)
    . = ALIGN(8);
    _heap_start = .;
  } > %[2]s
%[7]s  .functab : ALIGN(4) {
    PROVIDE(_functab = .);
    KEEP(*(.functab))
  } > %[3]s
  /DISCARD/ : { *(.ARM.exidx* .ARM.extab* .eh_frame* .comment .note*) }
`

// writeSymbols defines the symbols that are not places in a section, plain numbers among them.
func writeSymbols(b *strings.Builder, t *target.Target, stacks Stacks) {
	flash, ram := t.Flash[0], t.RAM[0]
	heap2 := target.Region{}
	if len(t.RAM) > 1 {
		heap2 = t.RAM[1]
	}
	for _, s := range []struct {
		name  string
		value uint64
	}{
		{"_heap_end", ram.End()}, {"_heap2_start", heap2.Origin}, {"_heap2_end", heap2.End()},
		{"_flash_start", flash.Origin}, {"_flash_end", flash.End()}, {"_ram_start", ram.Origin}, {"_ram_end", ram.End()},
		{"_cpu_hz", uint64(t.CPUHz)}, {"_tick_hz", uint64(t.TickHz)}, {"_task_capacity", uint64(t.Tasks)}, {"_irq_count", uint64(t.IRQs)},
		{"_stack_size_main", uint64(stacks.Main)}, {"_stack_size_default", uint64(stacks.Goroutine)},
	} {
		fmt.Fprintf(b, "%s = %#x;\n", s.name, s.value)
	}
	if !t.Thumb() {
		b.WriteString("__global_pointer$ = _data_start + 0x800;\n")
	}
}
