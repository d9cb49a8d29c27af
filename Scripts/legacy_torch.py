"""Reads a state dictionary out of PyTorch's legacy `.pth` format, without PyTorch.

The format (torch/serialization.py, `_legacy_load`) is five pickles in a row: a magic number, the protocol
version, the writer's type sizes, the state dictionary, and the list of storage keys; then, for each key, an
int64 element count and the raw little-endian elements. Tensors in the state dictionary name a storage and
give the offset, shape and strides of their elements in it.
"""

import collections
import pickle
from typing import BinaryIO, NamedTuple

import numpy as np

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001


class FormatError(Exception):
    """The file is not a legacy `.pth` file, or names something that this reader does not allow."""


class StorageReference(NamedTuple):
    """A tensor's elements, which follow later in the file under `key`."""

    dtype: np.dtype
    key: str


class TensorReference(NamedTuple):
    """Where a tensor's elements lie in its storage; offset and strides count elements, not bytes."""

    storage: StorageReference
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def _rebuild_tensor(storage, offset, shape, strides, *_gradient_and_hooks) -> TensorReference:
    """Stands in for torch._utils._rebuild_tensor_v2."""
    return TensorReference(storage, offset, tuple(shape), tuple(strides))


# The only names that a file may use. Unpickling calls what a file names, so everything else is refused.
_ALLOWED = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
    ("torch", "FloatStorage"): np.dtype("<f4"),
    ("torch", "LongStorage"): np.dtype("<i8"),
}


class _RestrictedUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise FormatError(f"the file names {module}.{name}, which no weights need") from None

    def persistent_load(self, identifier):
        kind, dtype, key, _device, _count, _view = identifier
        if kind != "storage":
            raise FormatError(f"the file refers to a {kind!r}; only 'storage' is known")
        return StorageReference(dtype, key)


def read_state_dictionary(file: BinaryIO) -> dict[str, np.ndarray]:
    """The tensors of a legacy `.pth` file by name, each a contiguous array of the declared shape."""
    magic_number, protocol, _type_sizes, state, keys = (_RestrictedUnpickler(file).load() for _ in range(5))
    if (magic_number, protocol) != (MAGIC_NUMBER, PROTOCOL_VERSION):
        raise FormatError("the file does not begin as a legacy .pth file does")
    dtypes = {tensor.storage.key: tensor.storage.dtype for tensor in state.values()}
    storages = {key: _read_storage(file, dtypes[key]) for key in keys}
    return {name: _materialize(tensor, storages[tensor.storage.key]) for name, tensor in state.items()}


def _read_storage(file: BinaryIO, dtype: np.dtype) -> np.ndarray:
    count = int.from_bytes(file.read(8), "little")
    data = file.read(count * dtype.itemsize)
    if len(data) != count * dtype.itemsize:
        raise FormatError(f"the file ends in the middle of a storage of {count} elements")
    return np.frombuffer(data, dtype)


def _materialize(tensor: TensorReference, storage: np.ndarray) -> np.ndarray:
    """Copies a tensor out by its strides: convolutions lie in storage as TensorFlow's [h, w, in, out]."""
    last = tensor.offset + sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.strides))
    if tensor.offset < 0 or min(tensor.strides, default=0) < 0 or last >= len(storage):
        raise FormatError(f"a tensor reaches to element {last} of a storage of {len(storage)} elements")
    byte_strides = [stride * storage.itemsize for stride in tensor.strides]
    view = np.lib.stride_tricks.as_strided(
        storage[tensor.offset :], tensor.shape, byte_strides, writeable=False
    )
    return np.ascontiguousarray(view).reshape(tensor.shape)
