// Soft float against the host's FPU.
#include "check.h"

int check_float(long rounds) { return 0; }
