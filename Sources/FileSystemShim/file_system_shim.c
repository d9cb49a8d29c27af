#define _GNU_SOURCE
#include "file_system_shim.h"

#include <unistd.h>

int file_system_shim_sync(int descriptor) { return syncfs(descriptor); }
