// Atomic operations on 8 bytes: no 32-bit target has instructions for them. Go aligns the operand to 4 only.
typedef __UINT64_TYPE__ word64 __attribute__((aligned(4)));
#define TYPE word64
#define SIZE 8
#include "operations.h"
