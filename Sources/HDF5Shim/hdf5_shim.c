#include "hdf5_shim.h"

hid_t hdf5_shim_uint8(void) { return H5T_STD_U8LE; }
hid_t hdf5_shim_int64(void) { return H5T_STD_I64LE; }
hid_t hdf5_shim_float32(void) { return H5T_IEEE_F32LE; }
hid_t hdf5_shim_float64(void) { return H5T_IEEE_F64LE; }
hid_t hdf5_shim_c_string(void) { return H5T_C_S1; }
size_t hdf5_shim_variable_length(void) { return H5T_VARIABLE; }

hid_t hdf5_shim_file_access(void) { return H5P_FILE_ACCESS; }
hid_t hdf5_shim_file_creation(void) { return H5P_FILE_CREATE; }
hid_t hdf5_shim_group_creation(void) { return H5P_GROUP_CREATE; }
hid_t hdf5_shim_dataset_creation(void) { return H5P_DATASET_CREATE; }

unsigned hdf5_shim_truncate(void) { return H5F_ACC_TRUNC; }
unsigned hdf5_shim_read_only(void) { return H5F_ACC_RDONLY; }
