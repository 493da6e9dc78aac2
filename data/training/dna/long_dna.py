"""Trains lesson 13's models: checkpoints/dna-hyena.safetensors and .json,
checkpoints/recall-*.safetensors and recall.json.

  python data/training/dna/long_dna.py dna       # a Hyena that reads a chloroplast, some minutes
  on one core
  python data/training/dna/long_dna.py recall    # three designs that learn to copy what matters,
  some minutes on one core

Networks are PyTorch's; the course's own functions read what comes out.
"""

import gzip
import json
import math
import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file

DATA = pathlib.Path(__file__).resolve().parents[2]
torch.set_num_threads(1)


# ── the genome and its Markov models ─────────────────────────────────────────────────────────────
ORDERS = [
    (1, 1.0),
    (2, 1.0),
    (3, 1.0),
    (4, 1.0),
    (5, 1.0),
    (6, 1.0),
    (8, 0.25),
    (10, 0.0625),
    (11, 0.0625),
]  # order, pseudo-count
SPLIT = {
    "train": [[0, 60000], [84170, 110434]],
    "validation": [[60000, 72000]],
    "test": [[72000, 84170], [110434, 128214]],
}


def genome():
    text = (
        gzip.decompress((DATA / "chloroplast.fa.gz").read_bytes())
        .decode()
        .split("\n", 1)[1]
        .replace("\n", "")
    )
    return np.array(["ACGT".index(c) for c in text])


def other_strand(ids):
    return 3 - ids[::-1]


def contexts(ids, order):
    """The number that the `order` bases before each position make; -1 where there are not so
    many.
    """
    key = np.zeros(len(ids), dtype=np.int64)
    for j in range(1, order + 1):
        key[j:] += ids[: len(ids) - j] * 4 ** (j - 1)
    key[:order] = -1
    return key


def count(stretches, order):
    counts = np.zeros((4**order, 4))
    for ids in stretches:
        key = contexts(ids, order)
        np.add.at(counts, (key[order:], ids[order:]), 1)
    return counts


def predict(counts, ids, order, pseudo, own=False):
    """p [T, 4]; own: ids are among what was counted, so each position's own count is taken off
    first.
    """
    key = contexts(ids, order)
    c = counts[key].copy()
    if own:
        t = np.arange(order, len(ids))
        again = np.ones(len(t))
        for i, at in enumerate(
            t
        ):  # a word that is its own reverse complement was counted on both strands
            word = ids[at - order : at + 1]
            if order % 2 == 1 and np.array_equal(word, other_strand(word)):
                again[i] = 2
        c[t, ids[t]] -= again
    p = (c + pseudo) / (c.sum(1, keepdims=True) + 4 * pseudo)
    p[key < 0] = 0.25
    return p


def bits(p, ids, places):
    return float(
        np.mean(np.concatenate([-np.log2(p[np.arange(a, b), ids[a:b]]) for a, b in places]))
    )


def features(counts, ids, own=False):
    return np.concatenate(
        [np.log(4 * predict(counts[order], ids, order, pseudo, own)) for order, pseudo in ORDERS], 1
    ).astype(np.float32)


# ── Hyena ────────────────────────────────────────────────────────────────────────────────────────
def long_convolution(u, k):
    """u [B, C, T], k [C, T]"""
    T = u.shape[-1]
    return torch.fft.irfft(torch.fft.rfft(u, 2 * T) * torch.fft.rfft(k, 2 * T), 2 * T)[..., :T]


class Filter(torch.nn.Module):
    def __init__(self, C, bands=8, width=24, fast=2.0, slow=30.0):
        super().__init__()
        self.bands = bands
        scaled = lambda *shape, scale: torch.nn.Parameter(torch.randn(*shape) * scale)
        self.w1, self.b1 = scaled(1 + 2 * bands, width, scale=1.0), scaled(width, scale=1.0)
        self.w2, self.b2 = scaled(width, width, scale=2 * width**-0.5), scaled(width, scale=1.0)
        self.w3 = scaled(width, C, scale=0.2 * width**-0.5)
        self.decay = torch.nn.Parameter(torch.logspace(math.log10(fast), math.log10(slow), C))

    def forward(self, length):
        tau = (torch.arange(length) / length)[:, None]
        waves = 2 * math.pi * tau * torch.arange(1, self.bands + 1)
        z = torch.cat([tau, waves.cos(), -waves.sin()], 1)
        taps = torch.sin(torch.sin(z @ self.w1 + self.b1) @ self.w2 + self.b2) @ self.w3
        return (taps * torch.exp(-tau * self.decay)).T


class Hyena(torch.nn.Module):
    def __init__(self, C, **how):
        super().__init__()
        self.w = torch.nn.Parameter(torch.randn(C, 3 * C) * C**-0.5)
        self.short = torch.nn.Parameter(torch.randn(3 * C, 3) * 3**-0.5)
        self.filter = Filter(C, **how)
        self.skip = torch.nn.Parameter(torch.ones(C))
        self.wOut = torch.nn.Parameter(torch.randn(C, C) * C**-0.5)

    def forward(self, u, taps):
        T, C = u.shape[1:]
        projected = F.conv1d(
            F.pad((u @ self.w).transpose(1, 2), (2, 0)), self.short[:, None], groups=3 * C
        )
        x0, x1, v = projected.split(C, 1)
        k = F.pad(self.filter(taps)[:, :T], (0, max(0, T - taps)))
        y = x0 * (long_convolution(x1 * v, k) + self.skip[:, None] * x1 * v)
        return y.transpose(1, 2) @ self.wOut


class Mlp(torch.nn.Module):
    def __init__(self, C, width):
        super().__init__()
        self.w1, self.b1 = (
            torch.nn.Parameter(torch.randn(C, width) * C**-0.5),
            torch.nn.Parameter(torch.zeros(width)),
        )
        self.w2, self.b2 = (
            torch.nn.Parameter(torch.randn(width, C) * width**-0.5 * 0.5),
            torch.nn.Parameter(torch.zeros(C)),
        )

    def forward(self, x):
        return F.gelu(x @ self.w1 + self.b1, approximate="tanh") @ self.w2 + self.b2


class Norm(torch.nn.Module):
    def __init__(self, C):
        super().__init__()
        self.gamma, self.beta = (
            torch.nn.Parameter(torch.ones(C)),
            torch.nn.Parameter(torch.zeros(C)),
        )

    def forward(self, x):
        return F.layer_norm(x, x.shape[-1:], self.gamma, self.beta)


TAPS = 1024


class DnaModel(torch.nn.Module):
    """Guesses a base from the bases before it and from the hints, what the Markov models say: a
    mixture of these, put right by Hyena.
    """

    def __init__(self, C, layers, drop):
        super().__init__()
        n = 4 * len(ORDERS)
        self.bases = torch.nn.Parameter(
            torch.randn(5, C) * 0.5
        )  # the fifth stands before the first base
        self.hints = torch.nn.Parameter(torch.randn(n, C) * n**-0.5)
        self.blocks = torch.nn.ModuleList(
            torch.nn.ModuleDict(
                {"norm1": Norm(C), "hyena": Hyena(C), "norm2": Norm(C), "mlp": Mlp(C, 2 * C)}
            )
            for _ in range(layers)
        )
        self.norm = Norm(C)
        self.head = torch.nn.Parameter(torch.zeros(C, 4))
        self.mix = torch.nn.Parameter(
            torch.cat([torch.eye(4) / len(ORDERS)] * len(ORDERS)), requires_grad=False
        )
        self.drop = drop

    def forward(self, before, hints):
        drop = lambda x, rate: F.dropout(x, rate, self.training)
        x = self.bases[before] + drop(hints, 1.5 * self.drop) @ self.hints
        for block in self.blocks:
            x = x + drop(block["hyena"](block["norm1"](x), TAPS), self.drop)
            x = x + drop(block["mlp"](block["norm2"](x)), self.drop)
        return self.norm(x) @ self.head + hints @ self.mix


def schedule(optimizer, rate, step, steps, warm):
    for group in optimizer.param_groups:
        group["lr"] = rate * min(1, step / warm) * (0.5 + 0.5 * math.cos(math.pi * step / steps))


def dna(steps=320, T=512, B=16, rate=4e-3, starts=4):
    ids = genome()
    train = [ids[a:b] for a, b in SPLIT["train"]]
    both = train + [other_strand(s) for s in train]
    # every Markov model, of one strand or both; the one to beat is the best on the test itself
    table = []
    for strands, stretches in (("one", train), ("both", both)):
        for order in range(12):
            counts = count(stretches, order)
            for pseudo in (0.0625, 0.25, 1.0, 4.0, 16.0):
                p = predict(counts, ids, order, pseudo)
                table.append(
                    {
                        "strands": strands,
                        "order": order,
                        "pseudo": pseudo,
                        "validation": bits(p, ids, SPLIT["validation"]),
                        "test": bits(p, ids, SPLIT["test"]),
                    }
                )
    best = min(table, key=lambda row: row["test"])
    print(
        "best Markov model on the test",
        best,
        "and on the validation stretch",
        min(table, key=lambda row: row["validation"]),
        flush=True,
    )

    counts = {order: count(both, order) for order, _ in ORDERS}
    hinted = [features(counts, s, own=True) for s in both]
    previous = lambda s: np.concatenate([[4], s[:-1]])
    befores = [previous(s) for s in both]
    reading = torch.tensor(previous(ids))[None], torch.tensor(features(counts, ids))[None]
    bits_of = lambda logits, places: float(
        np.mean(
            np.concatenate(
                [
                    F.cross_entropy(logits[a:b], torch.tensor(ids[a:b]), reduction="none").numpy()
                    for a, b in places
                ]
            )
        )
        / math.log(2)
    )

    model = DnaModel(16, 1, 0.2)
    hints, targets = torch.tensor(np.concatenate(hinted)), torch.tensor(np.concatenate(both))
    mix = (
        model.mix.detach().clone().requires_grad_()
    )  # the mixture is convex: the same from any start
    solver = torch.optim.LBFGS([mix], max_iter=60)

    def objective():
        solver.zero_grad()
        loss = F.cross_entropy(hints @ mix, targets) + 1e-4 * mix.square().sum()
        loss.backward()
        return loss

    solver.step(objective)
    model.mix.data.copy_(mix.detach())
    mixture = reading[1][0] @ model.mix
    print(
        f"mixture of Markov models: validation {bits_of(mixture, SPLIT['validation']):.4f} "
        f"test {bits_of(mixture, SPLIT['test']):.4f}",
        flush=True,
    )

    a, b = SPLIT["validation"][0]
    kept, low, curve, mix = None, math.inf, [], mix.detach()
    for seed in range(1, starts + 1):
        torch.manual_seed(seed)
        rng, model = np.random.default_rng(seed), DnaModel(16, 1, 0.2)
        model.mix.data.copy_(mix)
        learned = [p for p in model.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in learned if p.ndim > 1], "weight_decay": 0.1},
                {"params": [p for p in learned if p.ndim <= 1], "weight_decay": 0.0},
            ],
            lr=rate,
        )
        average = {k: v.clone() for k, v in model.state_dict().items()}
        sizes = np.array([len(s) for s in both], dtype=float)
        log, start = [], time.time()
        for step in range(1, steps + 1):
            schedule(optimizer, rate, step, steps, 20)
            places = [
                (i, rng.integers(0, len(both[i]) - T))
                for i in rng.choice(len(both), B, p=sizes / sizes.sum())
            ]
            cut = lambda arrays: torch.tensor(
                np.array([arrays[i][at : at + T] for i, at in places])
            )
            before, y = cut(befores), cut(both)
            before = torch.where(
                torch.rand(before.shape) < 0.1, torch.randint(0, 4, before.shape), before
            )  # misread bases, against learning by heart
            logits = model.train()(before, cut(hinted))
            loss = F.cross_entropy(logits[:, 16:].reshape(-1, 4), y[:, 16:].reshape(-1))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            for k, v in model.state_dict().items():
                average[k].lerp_(v, 0.02)
            if step % 20 == 0:
                now = {k: v.clone() for k, v in model.state_dict().items()}
                model.load_state_dict(average)
                with torch.no_grad():
                    logits = torch.zeros(b, 4)
                    logits[a - TAPS :] = model.eval()(
                        reading[0][:, a - TAPS : b], reading[1][:, a - TAPS : b]
                    )[0]
                model.load_state_dict(now)
                validation = bits_of(logits, SPLIT["validation"])
                log.append(
                    {"step": step, "train": loss.item() / math.log(2), "validation": validation}
                )
                if validation < low:
                    low, kept, curve = validation, {k: v.clone() for k, v in average.items()}, log
                print(
                    seed,
                    step,
                    f"train {loss.item() / math.log(2):.4f} validation {validation:.4f} "
                    f"({time.time() - start:.0f} s)",
                    flush=True,
                )
    model.load_state_dict(kept)
    with torch.no_grad():
        logits = model.eval()(*reading)[0]
    test = bits_of(logits, SPLIT["test"])
    print(
        f"test {test:.4f}, the best Markov model on it {best['test']:.4f}; its parts "
        f"{[round(bits_of(logits, [p]), 4) for p in SPLIT['test']]}"
    )
    save_file(
        {k: v.numpy().copy() for k, v in kept.items()},
        DATA / "checkpoints" / "dna-hyena.safetensors",
    )
    about = {
        "orders": ORDERS,
        "taps": TAPS,
        "split": SPLIT,
        "markov": best,
        "validation": low,
        "test": test,
        "log": curve,
    }
    (DATA / "checkpoints" / "dna-hyena.json").write_text(json.dumps(about) + "\n")


# ── a task that tells the designs apart ──────────────────────────────────────────────────────────
NOISE, ASK = 4, 5


def copying(rng, B, T, N):
    """Selective copying (Gu & Dao 2023, section 4.1.1): N letters of 0 to 3 at random places among
    noise, T in all, then N questions.
    """
    x, y = np.full((B, T + N), NOISE), rng.integers(0, 4, (B, N))
    x[:, T:] = ASK
    for i in range(B):
        x[i, np.sort(rng.choice(T, N, replace=False))] = y[i]
    return torch.tensor(x), torch.tensor(y)


class LongConvolution(torch.nn.Module):
    """The same filter, short of gates."""

    def __init__(self, C):
        super().__init__()
        self.w, self.wOut = (torch.nn.Parameter(torch.randn(C, C) * C**-0.5) for _ in range(2))
        self.filter, self.skip = Filter(C, fast=0.3, slow=10.0), torch.nn.Parameter(torch.ones(C))

    def forward(self, u):
        v = (u @ self.w).transpose(1, 2)
        return (long_convolution(v, self.filter(v.shape[-1])) + self.skip[:, None] * v).transpose(
            1, 2
        ) @ self.wOut


class WholeHyena(Hyena):
    def __init__(self, C):
        super().__init__(C, fast=0.3, slow=10.0)

    def forward(self, u):
        return super().forward(u, u.shape[1])


class Mamba(torch.nn.Module):
    def __init__(self, C, n=4, r=2, width=4):
        super().__init__()
        E, scaled = 2 * C, lambda *shape, scale: torch.nn.Parameter(torch.randn(*shape) * scale)
        self.wIn, self.wOut = scaled(C, 2 * E, scale=C**-0.5), scaled(E, C, scale=E**-0.5)
        self.conv, self.convBias = (
            scaled(E, width, scale=width**-0.5),
            torch.nn.Parameter(torch.zeros(E)),
        )
        self.wX, self.wDelta = scaled(E, r + 2 * n, scale=E**-0.5), scaled(r, E, scale=r**-0.5)
        step = torch.exp(
            math.log(0.001) + torch.rand(E) * (math.log(0.1) - math.log(0.001))
        )  # Mamba's own start
        self.bDelta = torch.nn.Parameter(step + torch.log(-torch.expm1(-step)))
        self.aLog = torch.nn.Parameter(torch.log(torch.arange(1, n + 1).float()).repeat(E, 1))
        self.skip = torch.nn.Parameter(torch.ones(E))

    def forward(self, x):
        (E, n), (r, width), T = (
            self.aLog.shape,
            (self.wDelta.shape[0], self.conv.shape[1]),
            x.shape[1],
        )
        u, gate = (x @ self.wIn).split(E, -1)
        u = F.silu(
            F.conv1d(
                F.pad(u.transpose(1, 2), (width - 1, 0)),
                self.conv[:, None],
                self.convBias,
                groups=E,
            ).transpose(1, 2)
        )
        delta, b, c = (u @ self.wX).split([r, n, n], -1)
        delta = F.softplus(delta @ self.wDelta + self.bDelta)
        keep, h = (
            torch.exp(delta[..., None] * -torch.exp(self.aLog)),
            (delta * u)[..., None] * b[:, :, None],
        )
        reach = 1
        while reach < T:  # each round reaches twice as far back (Hillis & Steele 1986)
            h = torch.cat([h[:, :reach], keep[:, reach:] * h[:, :-reach] + h[:, reach:]], 1)
            keep = torch.cat([keep[:, :reach], keep[:, reach:] * keep[:, :-reach]], 1)
            reach *= 2
        return (((h * c[:, :, None]).sum(-1) + u * self.skip) * F.silu(gate)) @ self.wOut


class Copier(torch.nn.Module):
    def __init__(self, mixer, C=24, layers=2):
        super().__init__()
        self.tokens, self.head = (
            torch.nn.Parameter(torch.randn(6, C) * 0.5),
            torch.nn.Parameter(torch.randn(C, 4) * C**-0.5),
        )
        self.blocks = torch.nn.ModuleList(
            torch.nn.ModuleDict(
                {"norm1": Norm(C), "mixer": mixer(C), "norm2": Norm(C), "mlp": Mlp(C, 2 * C)}
            )
            for _ in range(layers)
        )
        self.norm = Norm(C)

    def forward(self, x):
        x = self.tokens[x]
        for block in self.blocks:
            x = x + block["mixer"](block["norm1"](x))
            x = x + block["mlp"](block["norm2"](x))
        return self.norm(x) @ self.head


def recall(steps=1200, T=48, N=4, B=32, rate=3e-3, seed=1):
    about = {"length": T, "letters": N, "steps": steps, "losses": {}, "right": {}}
    for name, mixer in (("mamba", Mamba), ("hyena", WholeHyena), ("convolution", LongConvolution)):
        torch.manual_seed(seed)
        rng, model, losses, start = np.random.default_rng(seed), Copier(mixer), [], time.time()
        optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
        for step in range(1, steps + 1):
            schedule(optimizer, rate, step, steps, 50)
            x, y = copying(rng, B, T, N)
            loss = F.cross_entropy(model(x)[:, -N:].reshape(-1, 4), y.reshape(-1))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            if step % 100 == 0:
                print(
                    name,
                    step,
                    f"{np.mean(losses[-100:]):.3f} ({time.time() - start:.0f} s)",
                    flush=True,
                )
        with torch.no_grad():
            x, y = copying(np.random.default_rng(7), 1000, T, N)
            about["right"][name] = float((model(x)[:, -N:].argmax(-1) == y).float().mean())
        about["losses"][name] = [
            round(float(np.mean(losses[i : i + 25])), 4) for i in range(0, steps, 25)
        ]
        print(
            name,
            about["right"][name],
            sum(p.numel() for p in model.parameters()),
            "weights",
            flush=True,
        )
        save_file(
            {k: v.numpy().copy() for k, v in model.state_dict().items()},
            DATA / "checkpoints" / f"recall-{name}.safetensors",
        )
    (DATA / "checkpoints" / "recall.json").write_text(json.dumps(about) + "\n")


if __name__ == "__main__":
    {"dna": dna, "recall": recall}[sys.argv[1]]()
