// Types and macros that the helper routines share. Nothing here needs a C library.
#ifndef MOTE_BUILTINS_H
#define MOTE_BUILTINS_H

typedef __UINT8_TYPE__ u8;
typedef __UINT16_TYPE__ u16;
typedef __UINT32_TYPE__ u32;
typedef __UINT64_TYPE__ u64;
typedef __INT32_TYPE__ i32;
typedef __INT64_TYPE__ i64;
typedef __SIZE_TYPE__ usize;

// The host's tests compile the same files with -DMOTE_HOST under the prefix mote_, so that nothing shadows the C library.
#ifdef MOTE_HOST
#define NAME(x) mote_##x
#else
#define NAME(x) x
#endif

// AEABI routines use the integer registers also where the rest of the image passes floats in the FPU's.
#ifdef __arm__
#define AEABI __attribute__((pcs("aapcs")))
#else
#define AEABI
#endif

// A loop that copies or fills must not be turned into a call of the very function that contains it.
#if defined(__clang__)
#define NO_IDIOM __attribute__((no_builtin))
#else
#define NO_IDIOM __attribute__((optimize("no-tree-loop-distribute-patterns")))
#endif

#define ALIAS(name, of) __attribute__((alias(#of))) name

// v6-M and RV32 without the extension fault on (or emulate) misaligned words; v7-M and later do not.
#if defined(__ARM_FEATURE_UNALIGNED)
#define UNALIGNED_WORDS 1
#else
#define UNALIGNED_WORDS 0
#endif

// Number of leading zero bits of x, 32 for 0. __builtin_clz on a CPU without the instruction calls __clzsi2.
static inline int clz32(u32 x) {
	return x == 0 ? 32 : __builtin_clz(x);
}

static inline int clz64(u64 x) {
	u32 hi = (u32)(x >> 32);
	return hi != 0 ? __builtin_clz(hi) : 32 + clz32((u32)x);
}

#endif
