#ifndef HDF5_SHIM_H
#define HDF5_SHIM_H
#include <hdf5.h>

// HDF5 spells these as macros over mutable globals, which Swift does not import.

hid_t hdf5_shim_uint8(void);
hid_t hdf5_shim_int64(void);
hid_t hdf5_shim_float32(void);
hid_t hdf5_shim_float64(void);
hid_t hdf5_shim_c_string(void);
size_t hdf5_shim_variable_length(void);

hid_t hdf5_shim_file_access(void);
hid_t hdf5_shim_file_creation(void);
hid_t hdf5_shim_group_creation(void);
hid_t hdf5_shim_dataset_creation(void);

unsigned hdf5_shim_truncate(void);
unsigned hdf5_shim_read_only(void);

#endif
