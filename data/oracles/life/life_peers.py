"""What the oracles of bases, cells and tissues share."""

import numpy as np

PACKAGES = ("biopython", "numpy", "scipy", "safetensors")


def random_bases(rng, n, letters):
    return "".join(rng.choice(list(letters), n))


def random_counts(rng, cells, genes, share=0.5, mean=4):
    """Molecules as a sequencer counts them: many zeros, some ones, few large numbers."""
    return (
        rng.negative_binomial(1, 1 / (1 + mean), (cells, genes))
        * (rng.random((cells, genes)) < share)
    ).astype(np.float32)
