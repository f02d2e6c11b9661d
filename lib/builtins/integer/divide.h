// What the 64-bit division routines share.
#ifndef MOTE_DIVIDE_H
#define MOTE_DIVIDE_H

u64 NAME(builtin_udivmod64)(u64 n, u64 d, u64 *rem);
i64 NAME(builtin_sdivmod64)(i64 n, i64 d, i64 *rem);

#endif
