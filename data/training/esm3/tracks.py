"""Trains lesson 11's model of four tracks of a protein, tracks.safetensors, on eight chains of
chains.safetensors; ubiquitin is held out.

python data/training/esm3/tracks.py        # two minutes of one core, with torch
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file, save_file

DATA = pathlib.Path(__file__).resolve().parents[2]
AMINO, STATES, BURIAL_EDGES = "ACDEFGHIKLMNPQRSTVWY", "HEC", (12, 17, 22)
K, C, HEADS, GEOMETRIC_HEADS, BLOCKS, STEPS, RATE, DROPOUT = 32, 64, 4, 8, 2, 3000, 3e-3, 0.1
SIZES = {
    "sequence": 20,
    "structure": K,
    "secondary": 3,
    "burial": 4,
}  # then, in structure, K: no next residue; last of all the mask

torch.manual_seed(1)
torch.set_num_threads(1)
rng = np.random.default_rng(1)


def unit(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def frames(n, ca, c):
    e1 = unit(c - ca)
    e2 = unit((n - ca) - e1 * (e1 * (n - ca)).sum(-1, keepdims=True))
    return np.stack([e1, e2, np.cross(e1, e2)], -1)


def chains():
    """Of each chain: atoms, frames, which residues have a next one, and the tracks but
    structure.
    """
    about, atoms, at = (
        json.loads((DATA / "chains.json").read_text()),
        load_file(DATA / "chains.safetensors"),
        0,
    )
    for chain in about:
        N = len(chain["sequence"])
        n, ca, c = (atoms[name][at : at + N].astype(np.float64) for name in ("n", "ca", "c"))
        at += N
        rotation = frames(n, ca, c)
        local = lambda x: np.einsum("nji,nj->ni", rotation[:-1], x[1:] - ca[:-1])
        near = (np.linalg.norm(ca[:, None] - ca[None], axis=-1) < 10).sum(-1) - 1
        linked = np.array([i + 1 < N and i + 1 not in chain["breaks"] for i in range(N)])
        yield {
            "name": chain["name"],
            "rotation": rotation,
            "ca": ca,
            "linked": linked,
            "steps": np.concatenate([local(n), local(ca), local(c)], -1),
            "near": near,
            "sequence": [AMINO.index(a) for a in chain["sequence"]],
            "secondary": [STATES.index(s) for s in chain["secondary"]],
            "burial": np.digitize(near, BURIAL_EDGES),
        }


def k_means(x):
    """k-means++, then Lloyd's steps until nothing moves."""
    codes = x[rng.integers(len(x))][None]
    while len(codes) < K:
        nearest = ((x[:, None] - codes) ** 2).sum(-1).min(-1)
        codes = np.concatenate([codes, x[rng.choice(len(x), p=nearest / nearest.sum())][None]])
    for _ in range(200):
        ids = ((x[:, None] - codes) ** 2).sum(-1).argmin(-1)
        moved = np.stack([x[ids == k].mean(0) if (ids == k).any() else codes[k] for k in range(K)])
        if np.allclose(moved, codes):
            return codes
        codes = moved
    return codes


def weight(*shape, scale=None):
    return torch.nn.Parameter(torch.randn(*shape) * (scale or shape[0] ** -0.5))


def parameters():
    p = {
        f"table.{name}": weight(size + (2 if name == "structure" else 1), C, scale=0.5)
        for name, size in SIZES.items()
    }
    ones, zeros = (
        (lambda n: torch.nn.Parameter(torch.ones(n))),
        (lambda n: torch.nn.Parameter(torch.zeros(n))),
    )
    for b in range(BLOCKS):
        g = f"geometric.{b}."
        p |= {
            g + "norm.gamma": ones(C),
            g + "norm.beta": zeros(C),
            g + "wIn": weight(C, 15 * GEOMETRIC_HEADS),
            g + "wOut": weight(3 * GEOMETRIC_HEADS, C),
            g + "rotationScale": zeros(GEOMETRIC_HEADS),
            g + "distanceScale": torch.nn.Parameter(torch.linspace(-2, 2, GEOMETRIC_HEADS)),
        }
        e = f"block.{b}."
        p |= {
            e + "norm1.gamma": ones(C),
            e + "norm1.beta": zeros(C),
            e + "norm2.gamma": ones(C),
            e + "norm2.beta": zeros(C),
        }
        p |= {e + f"attention.{name}": weight(C, C) for name in ("wq", "wk", "wv", "wo")}
        p |= {
            e + "mlp.w1": weight(C, 4 * C),
            e + "mlp.b1": zeros(4 * C),
            e + "mlp.w2": weight(4 * C, C),
            e + "mlp.b2": zeros(C),
        }
    p |= {"norm.gamma": ones(C), "norm.beta": zeros(C)} | {
        f"head.{name}": weight(C, size) for name, size in SIZES.items()
    }
    return p


def norm(x, p, name):
    return F.layer_norm(x, (C,), p[name + ".gamma"], p[name + ".beta"])


def geometric(x, R, t, seen, p, at):
    """x [N, C], R [N, 3, 3], t [N, 3], seen [N]; algorithm 6 of Hayes et al. 2024."""
    N, H = len(x), GEOMETRIC_HEADS
    vectors = torch.einsum(
        "nij,nvhj->nvhi", R, (norm(x, p, at + "norm") @ p[at + "wIn"]).reshape(N, 5, H, 3)
    )
    q, k, v = vectors[:, 0], vectors[:, 1], vectors[:, 2]
    far = lambda i: vectors[:, i] + t[:, None]
    turn = torch.einsum("nhi,mhi->hnm", q, k) / math.sqrt(3)
    gap = far(3).transpose(0, 1)[:, :, None] - far(4).transpose(0, 1)[:, None]
    distance = (gap.square().sum(-1) + 1e-12).sqrt() / math.sqrt(3)
    scores = (
        F.softplus(p[at + "rotationScale"])[:, None, None] * turn
        - F.softplus(p[at + "distanceScale"])[:, None, None] * distance
    )
    shares = torch.softmax(scores.masked_fill(~seen, -1e9), -1)
    message = (
        torch.einsum("nji,nhj->nhi", R, torch.einsum("hnm,mhi->nhi", shares, v))
        * seen[:, None, None]
    )
    return message.reshape(N, 3 * H) @ p[at + "wOut"]


def rope(x):
    N, D = x.shape[-2:]
    angles = torch.arange(N)[:, None] * 10000.0 ** (-torch.arange(0, D, 2) / D)
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack(
        [a * angles.cos() - b * angles.sin(), a * angles.sin() + b * angles.cos()], -1
    ).flatten(-2)


def block(x, p, at, drop):
    split = lambda y: y.reshape(len(x), HEADS, -1).transpose(0, 1)
    y = norm(x, p, at + "norm1")
    q, k, v = (split(y @ p[at + f"attention.{name}"]) for name in ("wq", "wk", "wv"))
    mixed = F.scaled_dot_product_attention(rope(q), rope(k), v).transpose(0, 1).reshape(len(x), C)
    x = x + drop(mixed @ p[at + "attention.wo"])
    y = norm(x, p, at + "norm2")
    return x + drop(
        F.gelu(y @ p[at + "mlp.w1"] + p[at + "mlp.b1"]) @ p[at + "mlp.w2"] + p[at + "mlp.b2"]
    )


def logits(ids, R, t, seen, p, drop=lambda x: x):
    x = sum(p[f"table.{name}"][ids[name]] for name in SIZES)
    for b in range(BLOCKS):
        x = x + drop(geometric(x, R, t, seen, p, f"geometric.{b}."))
        x = block(x, p, f"block.{b}.", drop)
    x = norm(x, p, "norm")
    return {name: x @ p[f"head.{name}"] for name in SIZES}


def prepare():
    all_chains = list(chains())
    known = np.concatenate(
        [c["steps"][c["linked"][:-1]] for c in all_chains if c["name"] != "ubiquitin"]
    )
    codebook = k_means(known).astype(np.float32)
    for c in all_chains:
        codes = ((c["steps"][:, None] - codebook) ** 2).sum(-1).argmin(-1)
        c["structure"] = np.where(c["linked"], np.append(codes, K), K)
        c["ids"] = {name: torch.tensor(np.asarray(c[name])) for name in SIZES}
        c["R"], c["t"] = torch.tensor(c["rotation"]).float(), torch.tensor(c["ca"]).float()
    return all_chains, codebook


def hide(c, rates, coordinates):
    """Each track loses its share of places; a residue shows its frame where its structure token
    shows, if coordinates are given at all.
    """
    shown, hidden = {}, {}
    for name in SIZES:
        hidden[name] = torch.rand(len(c["ids"][name])) < rates[name]
        mask = SIZES[name] + (1 if name == "structure" else 0)
        shown[name] = torch.where(hidden[name], mask, c["ids"][name])
    return shown, hidden, (~hidden["structure"]) & coordinates


def accuracy(c, p, rates, coordinates=True, rounds=10):
    right = {name: [] for name in SIZES}
    for _ in range(rounds):
        shown, hidden, seen = hide(c, rates, coordinates)
        with torch.no_grad():
            out = logits(shown, c["R"], c["t"], seen, p)
        for name in SIZES:
            at = hidden[name] & (c["ids"][name] < SIZES[name])
            if at.any():
                right[name].append(
                    (out[name].argmax(-1) == c["ids"][name])[at].float().mean().item()
                )
    return {name: round(float(np.mean(v)), 3) for name, v in right.items() if v}


def report(all_chains, p):
    full = dict.fromkeys(SIZES, 0.0)
    for c in all_chains[:2]:
        for name in SIZES:
            print(
                "  ",
                c["name"],
                name,
                "from the others:",
                accuracy(c, p, full | {name: 1.0}, rounds=1),
                "without coordinates:",
                accuracy(c, p, full | {name: 1.0}, False, rounds=1),
            )
        print(
            "  ",
            c["name"],
            "burial from coordinates alone",
            accuracy(c, p, dict.fromkeys(SIZES, 1.0) | {"structure": 0.0}, rounds=1),
        )
        print(
            "  ",
            c["name"],
            "all tracks at 0.5",
            accuracy(c, p, dict.fromkeys(SIZES, 0.5)),
            flush=True,
        )


def main():
    all_chains, codebook = prepare()
    print(
        "burial",
        np.bincount(np.concatenate([c["burial"] for c in all_chains]))
        / sum(len(c["burial"]) for c in all_chains),
        "codes",
        np.bincount(np.concatenate([c["structure"] for c in all_chains])),
    )
    p = parameters()
    adam = torch.optim.AdamW(p.values(), lr=RATE, weight_decay=0.05)
    train = [c for c in all_chains if c["name"] != "ubiquitin"]
    weights = np.array([len(c["sequence"]) for c in train]) ** 0.5
    drop = lambda x: F.dropout(x, DROPOUT)
    for step in range(STEPS):
        for group in adam.param_groups:
            group["lr"] = (
                RATE * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * step / STEPS))
            )
        c = train[rng.choice(len(train), p=weights / weights.sum())]
        rates = {name: float(np.clip(rng.uniform(-0.2, 1.2), 0, 1)) for name in SIZES}
        shown, hidden, seen = hide(c, rates, rng.random() < 0.7)
        out = logits(shown, c["R"], c["t"], seen, p, drop)
        losses = [
            F.cross_entropy(out[name][at], c["ids"][name][at], reduction="sum")
            for name in SIZES
            if (at := hidden[name] & (c["ids"][name] < SIZES[name])).any()
        ]
        loss = sum(losses) / len(c["sequence"]) if losses else None
        if loss is None:
            continue
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
        adam.step()
        if step % 1000 == 999:
            print(step + 1, loss.item())
            report(all_chains, p)
    (DATA / "checkpoints").mkdir(exist_ok=True)
    save_file(
        {name: v.detach().numpy() for name, v in p.items()} | {"codebook": codebook},
        DATA / "checkpoints" / "tracks.safetensors",
    )


if __name__ == "__main__":
    main()
