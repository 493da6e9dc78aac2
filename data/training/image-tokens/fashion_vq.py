"""The VQ-VAE of lesson 02, trained at length: data/checkpoints/fashion-vq.safetensors.

The lesson's own model and the lesson's own steps, written in PyTorch for speed: overlapping
patches, one block that sees the neighbours, 7 × 7 codes of 64; reconstruction and commitment loss,
straight-through, a codebook by moving averages, dead codes revived. Takes some five minutes on one
core. The pictures are data/fashion-mnist-images.idx.gz, of which the last 1,000 are not trained on.
"""

import gzip
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
OUT = ROOT / "data" / "checkpoints" / "fashion-vq.safetensors"
C, D, K, BATCH, STEPS, RATE, BETA, DECAY = 64, 16, 64, 64, 10000, 3e-3, 0.25, 0.99


def pictures():
    raw = gzip.decompress((ROOT / "data" / "fashion-mnist-images.idx.gz").read_bytes())[16:]
    return torch.from_numpy(np.frombuffer(raw, np.uint8).astype(np.float32) / 255).reshape(
        -1, 28, 28
    )


def windows(x):
    """Overlapping patches of 8 × 8 pixels, four apart: [B, 28, 28] → [B, 7, 7, 64]; each is four
    patches of 4 × 4 side by side.
    """
    grid = F.pad(x, (2, 2, 2, 2)).reshape(-1, 8, 4, 8, 4).transpose(2, 3).reshape(-1, 8, 8, 16)
    return torch.cat([grid[:, r : r + 7, c : c + 7] for r in range(2) for c in range(2)], -1)


def neighbours(x):
    """Each place with the eight around it, zeros beyond the rim: [B, 7, 7, C] → [B, 7, 7, 9·C]."""
    padded = F.pad(x, (0, 0, 1, 1, 1, 1))
    return torch.cat([padded[:, r : r + 7, c : c + 7] for r in range(3) for c in range(3)], -1)


def block(x, p, at):
    normed = F.layer_norm(x, (C,), p[f"{at}.gamma"], p[f"{at}.beta"])
    return (
        x
        + F.gelu(neighbours(normed) @ p[f"{at}.w1"] + p[f"{at}.b1"]) @ p[f"{at}.w2"]
        + p[f"{at}.b2"]
    )


def half(x, p, at):
    """In, block, norm, out: the encoder and the decoder differ in their widths only."""
    h = block(x @ p[f"{at}.in.w"] + p[f"{at}.in.b"], p, f"{at}.block")
    return (
        F.layer_norm(h, (C,), p[f"{at}.gamma"], p[f"{at}.beta"]) @ p[f"{at}.out.w"]
        + p[f"{at}.out.b"]
    )


def draw(patches):
    return patches.reshape(-1, 7, 7, 4, 4).transpose(2, 3).reshape(-1, 28, 28)


def initial():
    p = {}
    for at, wide, narrow in (("encoder", 64, D), ("decoder", D, 16)):
        for name, dIn, dOut in ((f"{at}.in", wide, C), (f"{at}.out", C, narrow)):
            p[f"{name}.w"], p[f"{name}.b"] = torch.randn(dIn, dOut) * dIn**-0.5, torch.zeros(dOut)
        p[f"{at}.block.w1"], p[f"{at}.block.b1"] = (
            torch.randn(9 * C, C) * (9 * C) ** -0.5,
            torch.zeros(C),
        )
        p[f"{at}.block.w2"], p[f"{at}.block.b2"] = torch.randn(C, C) * C**-0.5, torch.zeros(C)
        for name in (f"{at}.block", at):
            p[f"{name}.gamma"], p[f"{name}.beta"] = torch.ones(C), torch.zeros(C)
    return p


def update(state, z, ids):
    chosen = F.one_hot(ids, K).float()
    counts = DECAY * state["counts"] + (1 - DECAY) * chosen.sum(0)
    sums = DECAY * state["sums"] + (1 - DECAY) * chosen.T @ z
    smoothed = (counts + 1e-5) / (counts.sum() + K * 1e-5) * counts.sum()
    return {"codebook": sums / smoothed[:, None], "counts": counts, "sums": sums}


def revive(state, z):
    """A code with less than a fiftieth of its fair share of vectors starts again at a vector of
    this batch.
    """
    dead = state["counts"] < state["counts"].mean() / 50
    new = z[torch.randint(len(z), (K,))]
    mean = state["counts"].mean()
    return {
        "codebook": torch.where(dead[:, None], new, state["codebook"]),
        "counts": torch.where(dead, mean, state["counts"]),
        "sums": torch.where(dead[:, None], new * mean, state["sums"]),
    }


def nearest(z, codebook):
    return torch.cdist(z, codebook).argmin(-1)


def measure(x, p, codebook):
    with torch.no_grad():
        z = half(windows(x), p, "encoder")
        ids = nearest(z.reshape(-1, D), codebook)
        error = float(
            (draw(half(codebook[ids].reshape(z.shape), p, "decoder")) - x).square().mean()
        )
        shares = torch.bincount(ids, minlength=K) / ids.numel()
        return error, float(torch.exp(-torch.special.xlogy(shares, shares).sum()))


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    x = pictures()
    seen, unseen = x[:8000], x[8000:]
    variance = float(seen.var())
    p = {name: v.requires_grad_(True) for name, v in initial().items()}
    optimizer = torch.optim.AdamW(p.values(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=STEPS, pct_start=0.1
    )
    state = None
    for step in range(1, STEPS + 1):
        batch = seen[torch.randint(len(seen), (BATCH,))]
        z = half(windows(batch), p, "encoder")
        rows = z.detach().reshape(-1, D)
        if state is None:  # the first codes are vectors of the first batch
            codebook = rows[torch.randperm(len(rows))[:K]].clone()
            counts = torch.full((K,), len(rows) / K)
            state = {"codebook": codebook, "counts": counts, "sums": codebook * counts[:, None]}
        ids = nearest(rows, state["codebook"])
        codes = state["codebook"][ids].reshape(z.shape)
        again = draw(half(z + (codes - z).detach(), p, "decoder"))
        error = (again - batch).square().mean()
        loss = (
            error / variance + BETA * (z - codes).square().mean()
        )  # in units of the variance, as Sonnet's example has it
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(p.values()), 1.0)
        optimizer.step()
        schedule.step()
        state = update(state, rows, ids)
        if step % 20 == 0 and step < 0.8 * STEPS:  # a last stretch without surprises
            state = revive(state, rows)
        if step % 500 == 0:
            unseen_error, perplexity = measure(unseen, p, state["codebook"])
            print(
                f"{step} seen {error.item():.5f} unseen {unseen_error:.5f} perplexity "
                f"{perplexity:.1f}",
                flush=True,
            )
    save_file({**{name: v.detach().contiguous() for name, v in p.items()}, **state}, OUT)
    print(OUT.name, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    sys.exit(main())
