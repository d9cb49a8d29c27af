#ifndef HDF5_SHIM_H
#define HDF5_SHIM_H
#include <hdf5.h>
#endif
