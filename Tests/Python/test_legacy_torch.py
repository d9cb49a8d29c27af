"""Does the reader of weight files take what it should, and nothing else?"""

import io
import pickle
import unittest

import numpy as np

import project  # noqa: F401 (puts Scripts/ on the import path)
import legacy_torch

# A state dictionary with one tensor `weight` of shape [2, 3] and strides (1, 2), whose storage is "s", as
# PyTorch pickles it. Written as opcodes, because pickling it from here would need PyTorch.
STATE = b"".join((
    b"ccollections\nOrderedDict\n)R", b"X\x06\x00\x00\x00weight",
    b"ctorch._utils\n_rebuild_tensor_v2\n(",
    b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x00sX\x03\x00\x00\x00cpuK\x06NtQ",
    b"K\x00", b"(K\x02K\x03t", b"(K\x01K\x02t", b"I00\n", b"N", b"tR", b"s.",
))  # fmt: skip
STORAGE = (6).to_bytes(8, "little") + np.arange(6, dtype="<f4").tobytes()


def legacy_file(
    state: bytes = STATE, storage: bytes = STORAGE, magic: int = legacy_torch.MAGIC_NUMBER
) -> io.BytesIO:
    head = [pickle.dumps(value) for value in (magic, legacy_torch.PROTOCOL_VERSION, {"little_endian": True})]
    return io.BytesIO(b"".join([*head, state, pickle.dumps(["s"]), storage]))


class LegacyTorchTests(unittest.TestCase):
    def test_strides_are_honoured(self):
        state = legacy_torch.read_state_dictionary(legacy_file())
        np.testing.assert_array_equal(state["weight"], [[0, 2, 4], [1, 3, 5]])

    def test_nothing_but_weights_is_unpickled(self):
        with self.assertRaisesRegex(legacy_torch.FormatError, "posix.system"):
            legacy_torch.read_state_dictionary(
                legacy_file(state=b"cposix\nsystem\n(X\x04\x00\x00\x00truetR.")
            )

    def test_another_file_is_refused(self):
        with self.assertRaisesRegex(legacy_torch.FormatError, "does not begin"):
            legacy_torch.read_state_dictionary(legacy_file(magic=1))

    def test_a_truncated_file_is_refused(self):
        with self.assertRaisesRegex(legacy_torch.FormatError, "ends in the middle"):
            legacy_torch.read_state_dictionary(legacy_file(storage=STORAGE[:-1]))

    def test_a_tensor_outside_its_storage_is_refused(self):
        short = (5).to_bytes(8, "little") + np.arange(5, dtype="<f4").tobytes()
        with self.assertRaisesRegex(legacy_torch.FormatError, "reaches to element 5"):
            legacy_torch.read_state_dictionary(legacy_file(storage=short))


if __name__ == "__main__":
    unittest.main()
