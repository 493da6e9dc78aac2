"""A small Transformer that guesses hidden genes: data/checkpoints/cell-transformer.safetensors.

Each of 64 genes is a token: its own vector, plus its value log(1 + 10,000 · count / total) times a
direction, or a vector that says "hidden". There are no positions, since genes have no order. Two
pre-norm blocks of width 32 with four heads, a norm, one number per token plus the gene's bias. The
genes are those whose values vary most among the training cells of pbmc68k. 560 cells are for
training, 140 for the test, drawn by a seed; "cells" holds the training cells first, "chosen" the
genes, and "history" every 100 steps the step and the losses on training cells and on the test. Two
minutes on one free core. `--seed 2` trains another and saves nothing.
"""

import gzip
import pathlib
import sys

import numpy as np
import torch
from safetensors.numpy import load
from safetensors.torch import save_file
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[3]
GENES, TRAIN, C, HEADS, LAYERS, BATCH, STEPS, RATE = 64, 560, 32, 4, 2, 32, 1500, 4e-3


def cells():
    data = load(gzip.open(ROOT / "data" / "pbmc68k.safetensors.gz").read())
    values = np.log1p(1e4 * data["counts"] / data["totals"][:, None].astype(float))
    order = np.random.default_rng(19).permutation(len(values))
    spread = values[order[:TRAIN]].var(0)
    genes = np.sort(np.argsort(-spread, kind="stable")[:GENES])
    return torch.tensor(values[order][:, genes], dtype=torch.float32), order, genes


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(C), nn.LayerNorm(C)
        self.attention = nn.MultiheadAttention(C, HEADS, dropout=0.1, batch_first=True)
        self.up, self.down, self.drop = nn.Linear(C, 4 * C), nn.Linear(4 * C, C), nn.Dropout(0.1)

    def forward(self, x):
        y = self.norm1(x)
        x = x + self.drop(self.attention(y, y, y, need_weights=False)[0])
        return x + self.drop(self.down(nn.functional.gelu(self.up(self.norm2(x)))))


class CellTransformer(nn.Module):
    def __init__(self, means):
        super().__init__()
        draw = lambda *shape: nn.Parameter(0.3 * torch.randn(*shape))
        self.genes, self.value, self.hidden = draw(GENES, C), draw(C), draw(C)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm, self.out = nn.LayerNorm(C), nn.Parameter(torch.zeros(C))
        self.bias = nn.Parameter(means.clone())

    def forward(self, values, mask):
        seen = (values * (1 - mask))[..., None] * self.value
        x = self.genes + seen + mask[..., None] * self.hidden
        for block in self.blocks:
            x = block(x)
        return self.norm(x) @ self.out + self.bias


def masked_loss(predicted, values, mask):
    return ((predicted - values) ** 2 * mask).sum() / mask.sum()


def flat(model):
    """Matrices as [in, out], named as in solutions/src/encoders/types.ts."""
    tensors = {name: getattr(model, name) for name in ("genes", "value", "hidden", "out", "bias")}
    tensors |= {"norm.gamma": model.norm.weight, "norm.beta": model.norm.bias}
    for i, b in enumerate(model.blocks):
        at = f"blocks.{i}."
        for name, w, bias in zip(
            "qkv", b.attention.in_proj_weight.chunk(3), b.attention.in_proj_bias.chunk(3)
        ):
            tensors |= {f"{at}attention.w{name}": w.T, f"{at}attention.b{name}": bias}
        out = b.attention.out_proj
        tensors |= {f"{at}attention.wo": out.weight.T, f"{at}attention.bo": out.bias}
        tensors |= {f"{at}mlp.w1": b.up.weight.T, f"{at}mlp.b1": b.up.bias}
        tensors |= {f"{at}mlp.w2": b.down.weight.T, f"{at}mlp.b2": b.down.bias}
        for name, norm in (("norm1", b.norm1), ("norm2", b.norm2)):
            tensors |= {f"{at}{name}.gamma": norm.weight, f"{at}{name}.beta": norm.bias}
    return {name: t.detach().contiguous().clone() for name, t in tensors.items()}


def main(seed=1):
    torch.manual_seed(seed)
    values, order, genes = cells()
    train, test = values[:TRAIN], values[TRAIN:]
    model = CellTransformer(train.mean(0))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, STEPS, pct_start=0.1)
    fixed = (torch.rand(test.shape, generator=torch.Generator().manual_seed(19)) < 0.15).float()
    history = []
    for step in range(STEPS + 1):
        if step % 100 == 0:
            model.eval()
            with torch.no_grad():
                held = masked_loss(model(test, fixed), test, fixed).item()
                own = (torch.rand(train.shape) < 0.15).float()
                seen = masked_loss(model(train, own), train, own).item()
            model.train()
            history.append([step, seen, held])
            print(step, round(seen, 4), round(held, 4), flush=True)
            if step == STEPS:
                break
        batch = train[torch.randint(TRAIN, (BATCH,))]
        mask = (torch.rand(batch.shape) < 0.1 + 0.4 * torch.rand(BATCH, 1)).float()
        loss = masked_loss(model(batch, mask), batch, mask)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    if seed == 1:
        tensors = flat(model) | {
            "cells": torch.tensor(order, dtype=torch.int32),
            "chosen": torch.tensor(genes, dtype=torch.int32),
            "history": torch.tensor(history),
        }
        save_file(tensors, ROOT / "data" / "checkpoints" / "cell-transformer.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1)
