"""The Vision Transformer of lesson 02: data/checkpoints/fashion-vit.safetensors.

A whole ViT (Dosovitskiy et al. 2020), small: 49 patches of 4 × 4 pixels and [class], width 64, four
pre-norm blocks of four heads, exact GELU, a linear layer on [class]. It learns the ten kinds of the
first 8,000 pictures of data/fashion-mnist-images.idx.gz, shifted by up to two pixels and mirrored
half of the time; the last 1,000 are only measured. Some six minutes on one core.
solutions/src/image-tokens/visionTransformer.ts is the same model.
"""

import gzip
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
OUT = ROOT / "data" / "checkpoints" / "fashion-vit.safetensors"
C, LAYERS, HEADS, FF, PATCH, KINDS = 64, 4, 4, 128, 4, 10
BATCH, STEPS, RATE, DECAY, SEEN = 64, 4500, 2e-3, 0.05, 8000


def pictures():
    read = lambda name, head: np.frombuffer(
        gzip.decompress((ROOT / "data" / name).read_bytes())[head:], np.uint8
    )
    x = read("fashion-mnist-images.idx.gz", 16).astype(np.float32).reshape(-1, 28, 28) / 255
    kinds = read("fashion-mnist-labels.idx.gz", 8).astype(np.int64)
    return torch.from_numpy(x), torch.from_numpy(kinds)


def initial():
    p = {
        "w": torch.randn(PATCH**2, C) / PATCH,
        "b": torch.zeros(C),
        "cls": torch.randn(C) * 0.02,
        "positions": torch.randn(1 + (28 // PATCH) ** 2, C) * 0.02,
        "norm.gamma": torch.ones(C),
        "norm.beta": torch.zeros(C),
        "head.w": torch.zeros(C, KINDS),
        "head.b": torch.zeros(KINDS),
    }
    for i in range(LAYERS):
        for name in ("norm1", "norm2"):
            p[f"{i}.{name}.gamma"], p[f"{i}.{name}.beta"] = torch.ones(C), torch.zeros(C)
        for name, rows, columns in (
            ("q", C, C),
            ("k", C, C),
            ("v", C, C),
            ("o", C, C),
            ("1", C, FF),
            ("2", FF, C),
        ):
            scale = (2 * LAYERS * rows) ** -0.5 if name in "o2" else rows**-0.5
            p[f"{i}.w{name}"] = torch.randn(rows, columns) * scale
            p[f"{i}.b{name}"] = torch.zeros(columns)
    return p


def forward(p, x):
    """Scores of the kinds, [B, 28, 28] → [B, 10]."""
    B, side = len(x), 28 // PATCH
    patches = x.reshape(B, side, PATCH, side, PATCH).transpose(2, 3).reshape(B, side**2, PATCH**2)
    x = torch.cat([p["cls"].expand(B, 1, C), patches @ p["w"] + p["b"]], 1) + p["positions"]
    split = lambda y: y.reshape(B, -1, HEADS, C // HEADS).transpose(1, 2)
    for i in range(LAYERS):
        of = lambda name: p[f"{i}.{name}"]
        h = F.layer_norm(x, (C,), of("norm1.gamma"), of("norm1.beta"))
        q, k, v = (split(h @ of(f"w{n}") + of(f"b{n}")) for n in "qkv")
        y = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(B, -1, C)
        x = x + y @ of("wo") + of("bo")
        h = F.layer_norm(x, (C,), of("norm2.gamma"), of("norm2.beta"))
        x = x + F.gelu(h @ of("w1") + of("b1")) @ of("w2") + of("b2")
    first = F.layer_norm(x[:, 0], (C,), p["norm.gamma"], p["norm.beta"])
    return first @ p["head.w"] + p["head.b"]


def moved(x):
    """Each picture shifted by up to two pixels, and mirrored half of the time."""
    B, padded = len(x), F.pad(x, (2, 2, 2, 2))
    rows = torch.randint(5, (B, 1)) + torch.arange(28)
    columns = torch.randint(5, (B, 1)) + torch.arange(28)
    columns = torch.where(torch.rand(B, 1) < 0.5, columns.flip(1), columns)
    return padded[torch.arange(B)[:, None, None], rows[:, :, None], columns[:, None, :]]


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    x, kinds = pictures()
    p = {name: w.requires_grad_(True) for name, w in initial().items()}
    optimizer = torch.optim.AdamW(p.values(), lr=RATE, weight_decay=DECAY, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=STEPS, pct_start=0.1
    )
    for step in range(1, STEPS + 1):
        batch = torch.randint(SEEN, (BATCH,))
        loss = F.cross_entropy(forward(p, moved(x[batch])), kinds[batch], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 500 == 0 or step == 50:
            with torch.no_grad():
                right = (forward(p, x[SEEN:]).argmax(-1) == kinds[SEEN:]).float().mean()
            print(f"{step} loss {loss.item():.4f} unseen right {right.item():.4f}", flush=True)
    save_file({name: w.detach().contiguous() for name, w in p.items()}, OUT)
    print(OUT.name, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
