// The passwords that are tried first: one a line, sorted by bytes, in lower case.
#pragma once
#include <stddef.h>

// The first byte of the list.
const char *common_passwords(void);
// How long it is.
size_t common_passwords_bytes(void);
