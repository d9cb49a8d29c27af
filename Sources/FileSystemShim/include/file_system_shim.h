#ifndef FILE_SYSTEM_SHIM_H
#define FILE_SYSTEM_SHIM_H

// Swift's Glibc module leaves out what the C library has beyond POSIX.

/// Waits until the file system that the open file `descriptor` is on has written everything to its device; 0, or -1 and
/// `errno`.
int file_system_shim_sync(int descriptor);

#endif
