"""What lesson 02 compares with: principal components of Fashion-MNIST and two ways to write them
in 294 bits, by NumPy.

data/checkpoints/fashion-pca.safetensors: mean [784], components [160, 784], low and high [160]
(the least and largest coefficient of the 8,000 pictures, between which 8 bits count), and, for the
best use of the bits, bits [160] and levels [160, 64]: coefficient k has 2^bits[k] levels, the
first of its row, placed by Lloyd's algorithm; each bit went where it took away most error.
"""

import gzip
import pathlib

import numpy as np
from safetensors.numpy import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
OUT = ROOT / "data" / "checkpoints" / "fashion-pca.safetensors"
BITS, KEPT = 294, 160


def lloyd(x, count, rounds=60):
    """The levels, in order, that lie nearest to the numbers x in the mean square (Lloyd 1982)."""
    levels = np.quantile(x, (np.arange(count) + 0.5) / count)
    for _ in range(rounds):
        nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, x)
        held = np.bincount(nearest, minlength=count)
        levels = np.sort(
            np.where(held > 0, np.bincount(nearest, x, count) / np.maximum(held, 1), levels)
        )
    return levels


def rounded(x, levels):
    return levels[np.searchsorted((levels[1:] + levels[:-1]) / 2, x)]


def main():
    raw = gzip.decompress((ROOT / "data" / "fashion-mnist-images.idx.gz").read_bytes())[16:]
    x = np.frombuffer(raw, np.uint8).reshape(-1, 784) / 255
    seen, unseen = x[:8000], x[8000:]
    mean = seen.mean(0)
    components = np.linalg.svd(seen - mean, full_matrices=False)[2][:KEPT]
    z, new = (seen - mean) @ components.T, (unseen - mean) @ components.T
    ladders = [[np.zeros(1)] for _ in range(KEPT)]
    errors = [[float((z[:, k] ** 2).mean())] for k in range(KEPT)]
    bits = np.zeros(KEPT, np.int32)
    for _ in range(BITS):
        for k in range(KEPT):
            if len(errors[k]) == bits[k] + 1:
                ladders[k].append(lloyd(z[:, k], 2 ** len(errors[k])))
                errors[k].append(float(((rounded(z[:, k], ladders[k][-1]) - z[:, k]) ** 2).mean()))
        gains = [errors[k][bits[k]] - errors[k][bits[k] + 1] for k in range(KEPT)]
        bits[int(np.argmax(gains))] += 1
    levels = np.zeros((KEPT, 2 ** int(bits.max())))
    for k in range(KEPT):
        levels[k, : 2 ** bits[k]] = ladders[k][bits[k]]
    best = np.stack([rounded(new[:, k], ladders[k][bits[k]]) for k in range(KEPT)], 1)
    print(
        "best use of",
        BITS,
        "bits:",
        ((best @ components + mean - unseen) ** 2).mean(),
        "with",
        int((bits > 0).sum()),
        "coefficients of",
        bits.min(),
        "to",
        bits.max(),
        "bits",
    )
    f32 = lambda a: np.ascontiguousarray(a, dtype=np.float32)
    save_file(
        {
            "mean": f32(mean),
            "components": f32(components),
            "low": f32(z.min(0)),
            "high": f32(z.max(0)),
            "bits": bits,
            "levels": f32(levels),
        },
        OUT,
    )
    print(OUT.name, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
