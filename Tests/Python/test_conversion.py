"""Are the ONNX files the networks that Google published?"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import onnxruntime
from PIL import Image
from sklearn.datasets import load_sample_image

import project  # puts Scripts/ on the import path
import convert_efficientnet_lite
from reference_network import ReferenceNetwork

CONVERTER = project.SCRIPTS / "convert_efficientnet_lite.py"


def evaluation_image(name: str, size: int) -> np.ndarray:
    """One of scikit-learn's photographs as ImageNet models are evaluated: the central 7/8, resized."""
    image = Image.fromarray(load_sample_image(name))
    side = int(min(image.size) * 0.875)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    resized = image.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.BICUBIC)
    return ((np.asarray(resized, np.float32) - 127) / 128).transpose(2, 0, 1)


def relative_difference(actual: np.ndarray, expected: np.ndarray) -> float:
    return float(np.abs(actual - expected).max() / np.abs(expected).max())


class Conversion:
    """The tests of one ONNX file; each subclass is a file."""

    network: str
    size: int
    flower = 985
    options: tuple[str, ...] = ()

    @classmethod
    def declaration(cls) -> dict:
        """The entry of the base-model file that declares the ONNX file."""
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        cls.model = project.model_path(cls.declaration())
        cls.session = onnxruntime.InferenceSession(str(cls.model), providers=["CPUExecutionProvider"])

    def run_network(self, images: np.ndarray) -> list[np.ndarray]:
        declared = project.base_model()
        outputs = [declared["outputs"][role] for role in ("embedding", "scores")]
        return self.session.run(outputs, {declared["input"]["name"]: images})

    def photograph(self, name: str) -> np.ndarray:
        return evaluation_image(name, self.size)

    def reference(self) -> ReferenceNetwork:
        network = convert_efficientnet_lite.NETWORKS[self.network]
        weights = convert_efficientnet_lite.installed_weights(network)
        return ReferenceNetwork(self.network, convert_efficientnet_lite.load_weights(network, weights))

    def test_photographs_are_recognized(self):
        """flower.jpg shows a dahlia, and of the few flowers among ImageNet's classes the daisy (985) is its
        relative and likeness; the two larger networks see a honeycomb (599) in its rows of petals. china.jpg
        shows the Tower of Buddhist Incense in Beijing's Summer Palace: a palace (698). Weights read without
        their strides say "rugby ball" (768) to both."""
        for photograph, expected in (("flower.jpg", self.flower), ("china.jpg", 698)):
            with self.subTest(photograph):
                _, logits = self.run_network(self.photograph(photograph)[None])
                self.assertEqual(int(logits[0].argmax()), expected)

    def test_agrees_with_the_unfolded_network(self):
        reference = self.reference()
        noise = np.random.default_rng(0).uniform(-1, 1, (3, self.size, self.size)).astype(np.float32)
        for name, image in (("photograph", self.photograph("china.jpg")), ("noise", noise)):
            with self.subTest(name):
                actual = self.run_network(image[None])
                for output, expected in zip(actual, reference.run(image)):
                    # Single against double precision: 7e-7 was measured, and another processor sums in
                    # another order. Padding on the wrong side differs by 2e-1, the more usual epsilon of 1e-5
                    # by 6e-2.
                    self.assertLess(relative_difference(output[0], expected), 1e-5)

    def test_rows_of_a_batch_do_not_mix(self):
        images = np.stack([self.photograph("china.jpg"), self.photograph("flower.jpg")])
        together = self.run_network(images)
        for row, image in enumerate(images):
            for output, alone in zip(together, self.run_network(image[None])):
                # Another batch size may choose another summation order: units in the last place only.
                self.assertLess(relative_difference(output[row], alone[0]), 1e-5)

    def test_bytes_are_the_declared_ones_in_every_process(self):
        for seed in ("0", "1"):
            with self.subTest(hash_seed=seed), tempfile.TemporaryDirectory() as folder:
                output = pathlib.Path(folder) / "model.onnx"
                environment = {**os.environ, "PYTHONHASHSEED": seed}
                command = [sys.executable, CONVERTER, "--network", self.network, *self.options, output]
                subprocess.run(command, env=environment, check=True, capture_output=True)
                self.assertEqual(hashlib.sha256(output.read_bytes()).hexdigest(), self.declaration()["sha256"])
                self.assertEqual(os.listdir(folder), ["model.onnx"])

    def test_installed_model_is_the_declared_one(self):
        self.assertEqual(hashlib.sha256(self.model.read_bytes()).hexdigest(), self.declaration()["sha256"])

    def test_declared_interface_is_the_file_s(self):
        images = self.session.get_inputs()
        self.assertEqual([(i.name, i.shape) for i in images], [("images", ["N", 3, *self.sides()])])
        shapes = {output.name: output.shape for output in self.session.get_outputs()}
        self.assertEqual(shapes, {"embedding": ["N", 1280], "logits": ["N", 1000]})

    def sides(self) -> list:
        return [self.size, self.size]


class BaseModel(Conversion):
    """The tests of a base model's own file."""

    base_model: str

    @classmethod
    def declaration(cls) -> dict:
        return project.base_model(cls.base_model)

    def test_declared_size_is_the_network_s(self):
        self.assertEqual(self.declaration()["input"]["size"], [self.size, self.size])


class SecondBaseModelTests(BaseModel, unittest.TestCase):
    base_model, network, size, flower = "imagenet-moderation-lite1", "lite1", 240, 599

    def test_only_the_network_is_another(self):
        """Whoever compares the two base models compares networks, not lists of classes."""
        first, second = project.base_model(), self.declaration()
        for own in ("base_model", "description", "file", "sha256", "install", "embeddings"):
            first.pop(own), second.pop(own, None)
        for declared in (first, second):
            declared["input"].pop("size")
        self.assertEqual(first, second)


class BaseModelTests(BaseModel, unittest.TestCase):
    base_model, network, size = "imagenet-moderation", "lite0", 224

    def test_other_weights_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            weights = pathlib.Path(folder) / "other.pth"
            weights.write_bytes(b"other weights")
            output = pathlib.Path(folder) / "model.onnx"
            command = [sys.executable, CONVERTER, "--weights", weights, output]
            result = subprocess.run(command, capture_output=True, text=True)
            self.assertNotEqual(result.returncode, 0)
            self.assertIn(convert_efficientnet_lite.NETWORKS["lite0"].weights_sha256, result.stderr)
            self.assertFalse(output.exists())


class AnySize(Conversion):
    """The tests of a file that takes images of any size: one of the embedding `rich`."""

    options = ("--any-size",)

    @classmethod
    def declaration(cls) -> dict:
        encoders = project.base_model()["embeddings"]["rich"]
        return next(e for e in encoders if e["file"].endswith(f"efficientnet-{cls.network}-any-size.onnx"))

    def sides(self) -> list:
        return ["height", "width"]

    def test_declared_size_is_the_network_s(self):
        declared = self.declaration().get("input", project.base_model()["input"])
        self.assertEqual(declared["size"], [self.size, self.size])

    def test_other_sizes_agree_with_the_unfolded_network(self):
        """Even and odd feature maps are padded otherwise, and 230 pixels have both on their way through."""
        reference = self.reference()
        for size in (230, 288):
            image = evaluation_image("flower.jpg", size)
            for output, expected in zip(self.run_network(image[None]), reference.run(image)):
                with self.subTest(size):
                    # As at the network's own size: single against double precision.
                    self.assertLess(relative_difference(output[0], expected), 1e-5)

    def test_free_sides_change_no_bit(self):
        network = convert_efficientnet_lite.NETWORKS[self.network]
        weights = convert_efficientnet_lite.installed_weights(network)
        state = convert_efficientnet_lite.load_weights(network, weights)
        fixed = convert_efficientnet_lite.build_model(network, state, any_size=False).SerializeToString()
        session = onnxruntime.InferenceSession(fixed, providers=["CPUExecutionProvider"])
        image = self.photograph("china.jpg")[None]
        for free, expected in zip(self.run_network(image), session.run(None, {"images": image})):
            np.testing.assert_array_equal(free, expected)


class Lite0Tests(AnySize, unittest.TestCase):
    network, size = "lite0", 224


class Lite1Tests(AnySize, unittest.TestCase):
    network, size, flower = "lite1", 240, 599


class Lite2Tests(AnySize, unittest.TestCase):
    network, size, flower = "lite2", 260, 599


if __name__ == "__main__":
    unittest.main()
