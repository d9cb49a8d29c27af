"""EfficientNet-Lite's forward pass in NumPy, in double precision, straight from the weights as published.

It shares nothing with the conversion but the reader of the weight file: batch normalization is applied where
the network has it, not folded, and the stages stand here as in the paper's table (Tan and Le, 2019, table 1).
"""

import numpy as np

# expansion, kernel, first stride; channels are those of the weights
STAGES = ((1, 3, 1), (6, 3, 2), (6, 5, 2), (6, 3, 2), (6, 5, 1), (6, 5, 2), (6, 3, 1))

# Blocks of each stage: 16 in all, 21 in the deeper two (their depths are 1.1 and 1.2, rounded up).
REPEATS = {"lite0": (1, 2, 2, 3, 3, 4, 1), "lite1": (1, 3, 3, 4, 4, 5, 1), "lite2": (1, 3, 3, 4, 4, 5, 1)}


def convolve(image: np.ndarray, weight: np.ndarray, stride: int, depthwise: bool = False) -> np.ndarray:
    """Convolution of [channels, height, width] with TensorFlow's "SAME" padding, by kernel position."""
    kernel = weight.shape[-1]
    height = -(-image.shape[1] // stride)
    total = max((height - 1) * stride + kernel - image.shape[1], 0)
    padded = np.pad(image, ((0, 0), (total // 2, total - total // 2), (total // 2, total - total // 2)))
    result = 0.0
    for row in range(kernel):
        for column in range(kernel):
            end_row, end_column = row + (height - 1) * stride + 1, column + (height - 1) * stride + 1
            seen = padded[:, row:end_row:stride, column:end_column:stride]
            tap = weight[:, :, row, column]
            result = result + (tap[:, :, None] * seen if depthwise else np.tensordot(tap, seen, axes=1))
    return result


class ReferenceNetwork:
    """The network of a state dictionary."""

    def __init__(self, name: str, state: dict[str, np.ndarray]):
        self.repeats = REPEATS[name]
        self.state = {name: value.astype(np.float64) for name, value in state.items()}

    def normalize(self, features: np.ndarray, name: str) -> np.ndarray:
        parts = ("weight", "bias", "running_mean", "running_var")
        scale, shift, mean, variance = (self.state[f"{name}.{part}"][:, None, None] for part in parts)
        return (features - mean) / np.sqrt(variance + 1e-3) * scale + shift

    def layer(self, features, convolution, normalization, stride=1, depthwise=False, activate=True):
        weight = self.state[f"{convolution}.weight"]
        result = self.normalize(convolve(features, weight, stride, depthwise), normalization)
        return np.clip(result, 0, 6) if activate else result

    def block(self, features: np.ndarray, name: str, expansion: int, stride: int) -> np.ndarray:
        inner = features
        if expansion > 1:
            inner = self.layer(inner, f"{name}._expand_conv", f"{name}._bn0")
        inner = self.layer(inner, f"{name}._depthwise_conv", f"{name}._bn1", stride, depthwise=True)
        inner = self.layer(inner, f"{name}._project_conv", f"{name}._bn2", activate=False)
        return inner + features if inner.shape == features.shape else inner

    def run(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The embedding [1280] and the logits [1000] of one preprocessed image [3, side, side]."""
        features = self.layer(image.astype(np.float64), "_conv_stem", "_bn0", stride=2)
        index = 0
        for (expansion, _kernel, first_stride), repeats in zip(STAGES, self.repeats):
            for repeat in range(repeats):
                features = self.block(
                    features, f"_blocks.{index}", expansion, first_stride if repeat == 0 else 1
                )
                index += 1
        embedding = self.layer(features, "_conv_head", "_bn1").mean(axis=(1, 2))
        return embedding, self.state["_fc.weight"] @ embedding + self.state["_fc.bias"]
