// Atomic operations on 4 bytes for v6-M, which has no exclusive loads and stores.
#define TYPE u32
#define SIZE 4
#include "operations.h"
