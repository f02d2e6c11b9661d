// Atomic operations on 1 bytes for v6-M, which has no exclusive loads and stores.
#define TYPE u8
#define SIZE 1
#include "operations.h"
