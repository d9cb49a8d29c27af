#include "onnxruntime_shim.h"
