"""Letter models with experts by table: data/checkpoints/experts-last-letter.safetensors.

The baseline for letters.py beside this file, whose models, texts and optimizer these are, in JAX:
eight experts with 64 hidden units each, and no router. A table gives each letter an expert, once
and for all, and a text goes to the expert of its last letter, with gate 1 (hash layers, Roller et
al. 2021, arXiv:2106.04426). The table deals out the letters by how frequent they are, each to the
expert with the least text so far.

The file holds the weights of seed 1, `table` [27] and `losses` [3], nats per letter on unseen text.
`last_letter.py dense none straight gated` trains other designs instead and prints their losses. The
first two are those of letters.py, to compare both programs: dense 1.816, 1.835, 1.804, none 1.713,
1.758, 1.734, where letters.py has 1.821, 1.816, 1.828 and 1.732, 1.731, 1.715. "straight" has the
router's choice with gates of 1, which pass on the gradient of the probability: 1.738, 1.759, 1.744.
"gated" has the table's choice with the router's probability as gate: 1.686, 1.690, 1.678.
"""

import functools
import gzip
import pathlib
import re
import sys

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
ALPHABET = " abcdefghijklmnopqrstuvwxyz"
V, WINDOW, D, C, HIDDEN, EXPERTS = len(ALPHABET), 8, 12, 48, 64, 8
STEPS, TEXTS, RATE, SEEDS = 1600, 256, 4e-3, [1, 2, 3]


def plays():
    text = gzip.open(ROOT / "data" / "shakespeare.txt.gz", "rt", encoding="utf8").read()
    letters = re.sub(r"[^a-z]+", " ", text.lower())
    return np.array([ALPHABET.index(c) for c in letters], np.int32)


def deal(ids):
    counts, load = np.bincount(ids, minlength=V), np.zeros(EXPERTS)
    table = np.zeros(V, np.int32)
    for letter in np.argsort(-counts, kind="stable"):
        table[letter] = load.argmin()
        load[table[letter]] += counts[letter]
    return table


def weights(design, seed):
    rng = np.random.default_rng(seed)
    draw = lambda *shape, scale: jnp.array(rng.normal(0, scale, shape), jnp.float32)
    E = 1 if design in ("dense", "wide") else EXPERTS
    hidden = EXPERTS * HIDDEN if design == "wide" else HIDDEN
    return {
        "letters": draw(V, D, scale=0.5),
        "window": draw(WINDOW * D, C, scale=(WINDOW * D) ** -0.5),
        "windowBias": jnp.zeros(C),
        "router": draw(C, E, scale=C**-0.5),
        "w1": draw(E, C, hidden, scale=C**-0.5),
        "b1": jnp.zeros((E, hidden)),
        "w2": draw(E, hidden, C, scale=hidden**-0.5),
        "b2": jnp.zeros((E, C)),
        "head": draw(C, V, scale=C**-0.5),
        "headBias": jnp.zeros(V),
    }


def norm(x):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-5)


def loss_of(p, x, y, table, design):
    """Experts by a table [V] of last letters or by the router; all experts compute all texts."""
    h = jax.nn.gelu(p["letters"][x].reshape(len(x), -1) @ p["window"] + p["windowBias"])
    z = norm(h)
    probabilities = jax.nn.softmax(z @ p["router"])
    by_table = design in ("table", "gated")
    choice = table[x[:, -1]] if by_table else probabilities.argmax(-1)
    gates = jax.nn.one_hot(choice, probabilities.shape[-1])
    if design != "table":
        gates = gates * probabilities
    if design == "straight":
        gates = gates / jax.lax.stop_gradient(gates.sum(-1, keepdims=True))
    hidden = jax.nn.gelu(jnp.einsum("nc,ech->neh", z, p["w1"]) + p["b1"])
    answers = jnp.einsum("neh,ehc->nec", hidden, p["w2"]) + p["b2"]
    logits = norm(h + (answers * gates[..., None]).sum(1)) @ p["head"] + p["headBias"]
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], 1).mean()


@functools.partial(jax.jit, static_argnames="design")
def update(p, m, v, step, x, y, table, design):
    gradients = jax.grad(loss_of)(p, x, y, table, design)
    rate = RATE * jnp.minimum(1, step / 50) * (0.55 + 0.45 * jnp.cos(jnp.pi * step / STEPS))
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, gradients)
    v = jax.tree.map(lambda v, g: 0.99 * v + 0.01 * g * g, v, gradients)
    adamw = lambda w, m, v: (
        w * (1 - 0.01 * rate)
        - rate * (m / (1 - 0.9**step)) / (jnp.sqrt(v / (1 - 0.99**step)) + 1e-8)
    )
    return jax.tree.map(adamw, p, m, v), m, v


def train(design, seed, ids, cut, table):
    p, rng = weights(design, seed), np.random.default_rng(100 + seed)
    m = v = jax.tree.map(jnp.zeros_like, p)
    texts = lambda at: (ids[at[:, None] + np.arange(WINDOW)], ids[at + WINDOW])
    for step in range(1, STEPS + 1):
        x, y = texts(rng.integers(0, cut - WINDOW, TEXTS))
        p, m, v = update(p, m, v, jnp.float32(step), x, y, table, design)
    at = cut + np.arange(0, len(ids) - cut - WINDOW, 3)
    losses = [
        float(loss_of(p, *texts(part), table, design)) * len(part)
        for part in np.array_split(at, 16)
    ]
    return p, sum(losses) / len(at)


def main():
    ids = plays()
    cut = int(0.9 * len(ids))
    table = jnp.array(deal(ids[:cut]))
    for design in sys.argv[1:]:
        for seed in SEEDS:
            print(design, seed, f"{train(design, seed, ids, cut, table)[1]:.4f}", flush=True)
    if len(sys.argv) > 1:
        return
    runs = [train("table", seed, ids, cut, table) for seed in SEEDS]
    losses = [loss for _, loss in runs]
    print("table", [round(loss, 4) for loss in losses])
    tensors = {k: np.array(w) for k, w in runs[0][0].items() if k != "router"}
    tensors |= {"table": np.array(table), "losses": np.array(losses, np.float32)}
    save_file(tensors, ROOT / "data" / "checkpoints" / "experts-last-letter.safetensors")


if __name__ == "__main__":
    main()
