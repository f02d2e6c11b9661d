// Atomic operations on 2 bytes for v6-M, which has no exclusive loads and stores.
#define TYPE u16
#define SIZE 2
#include "operations.h"
