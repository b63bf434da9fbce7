"""Writes a trained cross-encoder as the service reads it: matrices as bytes with a scale for each 16 inputs.

    python3 export.py IN.pt ../src/adapters/bert/weights/cross-encoder.safetensors

Prints the SHA-256 that belongs into minilm-cross-encoder.ts.
"""
import hashlib
import json
import struct
import sys

import numpy
import torch

from model import LAYERS, PARTS, WIDTH

BLOCK, POSITIONS = 16, 256


def main(path, out):
    state, tensors = torch.load(path), {}
    add_floats(tensors, "embeddings.position_embeddings.weight", state["positions"][:POSITIONS], numpy.float16)
    types = torch.stack([torch.zeros(WIDTH), state["second"]])
    add_floats(tensors, "embeddings.token_type_embeddings.weight", types)
    add_module(tensors, "embeddings.LayerNorm", state, "norm")
    for index in range(LAYERS):
        name, prefix = f"layers.{index}", f"encoder.layer.{index}"
        for part, which in enumerate(("query", "key", "value")):
            rows = slice(part * WIDTH, (part + 1) * WIDTH)
            add_blocks(tensors, f"{prefix}.attention.self.{which}.weight", state[f"{name}.query_key_value.weight"][rows])
            add_floats(tensors, f"{prefix}.attention.self.{which}.bias", state[f"{name}.query_key_value.bias"][rows])
        for part, which in PARTS.items():
            add_module(tensors, f"{prefix}.{which}", state, f"{name}.{part}")
    heads = ("span", "relevance", "verdict")
    add_floats(tensors, "head.weight", torch.cat([state[f"{head}.weight"] for head in heads]))
    add_floats(tensors, "head.bias", torch.cat([state[f"{head}.bias"] for head in heads]))
    write(tensors, out)


def add_module(tensors, name, state, part):
    weight = state[f"{part}.weight"]
    (add_blocks if weight.dim() > 1 else add_floats)(tensors, f"{name}.weight", weight)
    add_floats(tensors, f"{name}.bias", state[f"{part}.bias"])


def add_floats(tensors, name, values, kind=numpy.float32):
    tensors[name] = values.float().numpy().astype(kind)


def add_blocks(tensors, name, values):
    """The number farthest from 0 becomes -128, so that the whole range is used."""
    matrix = values.float().numpy()
    blocks = matrix.reshape(matrix.shape[0], -1, BLOCK)
    farthest = numpy.take_along_axis(blocks, numpy.abs(blocks).argmax(-1)[..., None], -1)[..., 0]
    scales = (farthest / -128).astype(numpy.float16)
    scales[scales == 0] = 1
    rounded = numpy.rint(blocks / scales.astype(numpy.float32)[..., None]) + 128
    tensors[name] = numpy.clip(rounded, 0, 255).astype(numpy.uint8).reshape(matrix.shape)
    tensors[f"{name}.scales"] = scales


def write(tensors, out):
    kinds = {numpy.dtype("uint8"): "U8", numpy.dtype("float16"): "F16", numpy.dtype("float32"): "F32"}
    header, offset = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": kinds[values.dtype], "shape": values.shape, "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    content = struct.pack("<Q", len(text)) + text + b"".join(values.tobytes() for values in tensors.values())
    with open(out, "wb") as file:
        file.write(content)
    print(len(content), "bytes", hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
