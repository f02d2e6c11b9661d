package sandbox

import (
	"maps"
	"slices"

	"golang.org/x/net/bpf"

	"mote/deliver/policy"
)

// interval is what to do with calls from a number up to the next interval's.
type interval struct {
	from uint32
	body []bpf.Instruction
}

// intervals covers all numbers with the bodies and, between them, refusals. Neighbours that are simply allowed become one.
func intervals(bodies map[uint32][]bpf.Instruction, refuse uint32) []interval {
	no := []bpf.Instruction{bpf.RetConstant{Val: refuse}}
	list := []interval{{0, no}}
	add := func(from uint32, body []bpf.Instruction) {
		last := &list[len(list)-1]
		switch {
		case slices.Equal(last.body, body):
		case last.from == from:
			last.body = body
		default:
			list = append(list, interval{from, body})
		}
	}
	for _, n := range slices.Sorted(maps.Keys(bodies)) {
		add(n, bodies[n])
		if _, ok := bodies[n+1]; !ok {
			add(n+1, no)
		}
	}
	add(x32, no) // already so, since no table goes that far; said once more for amd64
	return list
}

// search finds the interval that the accumulator, the number of the call, lies in. All of its ways end in a return.
func search(list []interval) []bpf.Instruction {
	if len(list) == 1 {
		return list[0].body
	}
	middle := len(list) / 2
	low, high := search(list[:middle]), search(list[middle:])
	code := jumpFar(bpf.JumpGreaterOrEqual, list[middle].from, len(low))
	return append(append(code, low...), high...)
}

// jumpFar skips n instructions if the comparison holds. A conditional jump alone reaches 255.
func jumpFar(cond bpf.JumpTest, value uint32, n int) []bpf.Instruction {
	if n <= 255 {
		return []bpf.Instruction{bpf.JumpIf{Cond: cond, Val: value, SkipTrue: uint8(n)}}
	}
	return []bpf.Instruction{bpf.JumpIf{Cond: cond, Val: value, SkipFalse: 1}, bpf.Jump{Skip: uint32(n)}}
}

// conditions allows a call if all rules hold.
func conditions(rules []policy.Rule, refuse uint32) []bpf.Instruction {
	var code []bpf.Instruction
	for _, r := range rules {
		code = append(code, condition(r, refuse)...)
	}
	return append(code, bpf.RetConstant{Val: retAllow})
}

// condition returns refuse unless the masked argument has one of the values; otherwise it goes on behind its end.
func condition(r policy.Rule, refuse uint32) []bpf.Instruction {
	mask := r.Mask
	if mask == 0 {
		mask = ^uint64(0)
	}
	code := []bpf.Instruction{bpf.RetConstant{Val: refuse}}
	for _, value := range slices.Backward(r.Values) {
		code = append(matches(r.Arg, mask, value, len(code)), code...)
	}
	return code
}

// matches skips n instructions if an argument, masked, has a value, and none if not. Both words are compared: the kernel hands all 64 bits to the
// filter even where the call takes an int, so a policy for an int has a mask of 32 bits.
func matches(arg int, mask, value uint64, n int) []bpf.Instruction {
	offset := uint32(offsetArgs + 8*arg) // little-endian: the low word comes first
	code := append(equalWord(offset, uint32(mask), uint32(value)), bpf.Jump{Skip: uint32(n)})
	if mask>>32 == 0 && value>>32 == 0 {
		return skipOver(code)
	}
	high := skipOver(equalWord(offset+4, uint32(mask>>32), uint32(value>>32)))
	low := skipOver(code)
	// A high word that differs must skip the low one as well.
	last := high[len(high)-1].(bpf.JumpIf)
	last.SkipFalse += uint8(len(low))
	high[len(high)-1] = last
	return append(high, low...)
}

// equalWord compares a masked word; its last instruction is the JumpIf whose SkipFalse is still open.
func equalWord(offset, mask, value uint32) []bpf.Instruction {
	code := []bpf.Instruction{bpf.LoadAbsolute{Off: offset, Size: 4}}
	if mask != ^uint32(0) {
		code = append(code, bpf.ALUOpConstant{Op: bpf.ALUOpAnd, Val: mask})
	}
	return append(code, bpf.JumpIf{Cond: bpf.JumpEqual, Val: value})
}

// skipOver lets the first JumpIf of code skip what comes behind it, if it does not hold.
func skipOver(code []bpf.Instruction) []bpf.Instruction {
	for i, ins := range code {
		if jump, ok := ins.(bpf.JumpIf); ok {
			jump.SkipFalse = uint8(len(code) - i - 1)
			code[i] = jump
			break
		}
	}
	return code
}
