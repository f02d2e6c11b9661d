package link

import (
	"fmt"
	"strings"

	"mote/target"
)

// vectorTable writes the assembly of the vector table, or of the first instruction on RISC-V, where Reset_Handler sets mtvec.
//
// Each entry is a weak symbol X_Handler or X_IRQHandler that lands in a stub which goes on to Default_Handler of the port;
// an object that defines the symbol takes the entry over. Interrupts without a name are IRQ<n>_IRQHandler.
func vectorTable(t *target.Target) string {
	var b strings.Builder
	if !t.Thumb() {
		b.WriteString("\t.section .vectors,\"ax\",@progbits\n\t.globl _vectors\n_vectors:\n\ttail Reset_Handler\n")
		return b.String()
	}
	names := vectorNames(t)
	b.WriteString("\t.syntax unified\n\t.thumb\n")
	b.WriteString("\t.section .text.unhandled,\"ax\",%progbits\n\t.balign 4\n")
	for _, name := range names[2:] {
		if name != "" {
			fmt.Fprintf(&b, "\t.weak %s\n\t.type %s,%%function\n\t.thumb_func\n%s:\n", name, name, name)
		}
	}
	// r0 is free: the exception entry has stacked it. A plain branch would not reach far enough on v6-M.
	b.WriteString("\tldr r0, =Default_Handler\n\tbx r0\n\t.ltorg\n")
	fmt.Fprintf(&b, "\t.section .vectors,\"a\",%%progbits\n\t.balign %d\n\t.globl _vectors\n\t.type _vectors,%%object\n_vectors:\n", t.VectorAlign())
	for _, name := range names {
		if name == "" {
			name = "0"
		}
		fmt.Fprintf(&b, "\t.word %s\n", name)
	}
	b.WriteString("\t.size _vectors, . - _vectors\n")
	return b.String()
}

// vectorNames lists the symbol of each word of the table. System exceptions that the architecture reserves have none.
func vectorNames(t *target.Target) []string {
	names := make([]string, t.Vectors())
	names[0], names[1] = "_stack_top", "Reset_Handler"
	for n, name := range t.Exceptions {
		names[n] = name + "_Handler"
	}
	for i := range t.IRQs {
		name := fmt.Sprintf("IRQ%d", i)
		if i < len(t.IRQNames) && t.IRQNames[i] != "" {
			name = t.IRQNames[i]
		}
		names[16+i] = name + "_IRQHandler"
	}
	return names
}
