"""Distances of a protein filled in from three tenths of them:
data/checkpoints/triangles.safetensors

Two networks with as many weights, trained alike on crops of 32 residues of four chains
(data/chains.safetensors): in one, pairs learn from each other by triangle multiplication
(AlphaFold 2's supplement, algorithms 11 and 12), x_ij = Σ_k a_ik ∘ b_jk; in the other the same
projections are summed at the nodes first, x_ij = (Σ_k a_ik) ∘ (Σ_k b_jk), so that no two edges
meet at a third residue. Seen are 30 % of the distances, each with noise of 1 Å. Ubiquitin and
Par-3 take no part. Takes a few minutes on one core.
"""

import math

import torch
from crops import DATA, TEST, TRAIN, apart, features, sample
from safetensors.torch import save_file

torch.set_num_threads(1)
C, BLOCKS, BATCH, STEPS = 24, 2, 8, 1200


def start(generator):
    weight = lambda rows, columns, scale=1.0: (
        scale * torch.randn(rows, columns, generator=generator) / math.sqrt(rows)
    )
    w = {
        "wIn": weight(33, C),
        "bIn": torch.zeros(C),
        "norm.gamma": torch.ones(C),
        "norm.beta": torch.zeros(C),
        "wHead": weight(C, 1, 0.1),
        "bHead": torch.full((1,), 1.0),
    }
    for block in range(BLOCKS):
        for direction in ("outgoing", "incoming"):
            at = f"{block}.{direction}"
            w |= {f"{at}.{name}": weight(C, C) for name in ("wA", "gA", "wB", "gB", "wOut", "gOut")}
            w |= {f"{at}.{name}.gamma": torch.ones(C) for name in ("normIn", "normOut")} | {
                f"{at}.{name}.beta": torch.zeros(C) for name in ("normIn", "normOut")
            }
        at = f"{block}.transition"
        w |= {
            f"{at}.norm.gamma": torch.ones(C),
            f"{at}.norm.beta": torch.zeros(C),
            f"{at}.w1": weight(C, 2 * C),
            f"{at}.b1": torch.zeros(2 * C),
            f"{at}.w2": weight(2 * C, C, 0.5),
            f"{at}.b2": torch.zeros(C),
        }
    return {name: v.requires_grad_(True) for name, v in w.items()}


def complete(w, noisy, seen, triangles):
    norm = lambda x, name: torch.nn.functional.layer_norm(
        x, (C,), w[f"{name}.gamma"], w[f"{name}.beta"]
    )
    z = features(noisy, seen) @ w["wIn"] + w["bIn"]
    for block in range(BLOCKS):
        for direction in ("outgoing", "incoming"):
            at = f"{block}.{direction}"
            n = norm(z, f"{at}.normIn")
            a, b = (
                ((n @ w[f"{at}.g{x}"]).sigmoid() * (n @ w[f"{at}.w{x}"])).permute(0, 3, 1, 2)
                for x in "AB"
            )
            if direction == "incoming":
                a, b = a.mT, b.mT
            mixed = a @ b.mT if triangles else a.sum(-1)[..., :, None] * b.sum(-1)[..., None, :]
            z = z + (n @ w[f"{at}.gOut"]).sigmoid() * (
                norm(mixed.permute(0, 2, 3, 1), f"{at}.normOut") @ w[f"{at}.wOut"]
            )
        at = f"{block}.transition"
        z = (
            z
            + (norm(z, f"{at}.norm") @ w[f"{at}.w1"] + w[f"{at}.b1"]).relu() @ w[f"{at}.w2"]
            + w[f"{at}.b2"]
        )
    d = 10 * torch.nn.functional.softplus(norm(z, "norm") @ w["wHead"] + w["bHead"]).squeeze(-1)
    return (d + d.mT) / 2


def error(w, triangles):
    true, noisy, seen = sample(TEST, torch.Generator().manual_seed(7), 64)
    missing = (1 - seen) * (apart > 0)
    with torch.no_grad():
        return ((complete(w, noisy, seen, triangles) - true).abs() * missing).sum() / missing.sum()


saved = {}
for triangles in (True, False):
    generator = torch.Generator().manual_seed(1)
    w = start(generator)
    optimizer = torch.optim.Adam(w.values(), lr=3e-3)
    for step in range(STEPS + 1):
        for group in optimizer.param_groups:
            group["lr"] = (
                3e-3 * min(1, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * step / STEPS))
            )
        true, noisy, seen = sample(TRAIN, generator, BATCH)
        loss = ((complete(w, noisy, seen, triangles) - true).abs() * (apart > 0)).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(w.values(), 1.0)
        optimizer.step()
        if step % 200 == 0:
            print(
                f"{'with' if triangles else 'without'} triangles, step {step}: loss "
                f"{loss.item():.2f} Å, missing distances of unseen chains "
                f"{error(w, triangles).item():.2f} Å",
                flush=True,
            )
    saved |= {
        f"{'with' if triangles else 'without'}.{name}": v.detach().contiguous()
        for name, v in w.items()
    }
save_file(saved, DATA / "checkpoints" / "triangles.safetensors")
