#pragma once
#include <stdint.h>

/// How often this thread has asked for memory since it began; 0 where the platform lets nobody count.
uint64_t allocations_of_this_thread(void);
