"""DNA to protein for lesson 10: data/checkpoints/genetic-code.safetensors, a model that reads
bases and was never told of codons.

It learns from stretches of phage λ (data/lambda.fa.gz) of 1 to 10 codons, cut at any place and on
either strand, and their translation by Biopython's standard code, in which * stops. ΦX174, on
which lesson 10 tests it, is not among them.
"""

import gzip
import random

import torch
from Bio.Seq import Seq
from seq2seq import END, ROOT, Seq2Seq, train

BASES, AMINO_ACIDS = "ACGT", "ACDEFGHIKLMNPQRSTVWY*"
STEPS, BATCH, CODONS = 3500, 128, 10


def main():
    torch.manual_seed(1)
    lines = gzip.decompress((ROOT / "data" / "lambda.fa.gz").read_bytes()).decode().splitlines()
    forward = Seq("".join(line for line in lines if not line.startswith(">")).upper())
    strands = [str(forward), str(forward.reverse_complement())]
    draw = random.Random(1)

    def batch(codons):
        pieces = []
        for _ in range(BATCH):
            strand = draw.choice(strands)
            start = draw.randrange(len(strand) - 3 * codons)
            pieces.append(strand[start : start + 3 * codons])
        source = [[3 + BASES.index(c) for c in piece] + [END] for piece in pieces]
        target = [
            [3 + AMINO_ACIDS.index(a) for a in str(Seq(piece).translate())] + [END]
            for piece in pieces
        ]
        return torch.tensor(source), torch.tensor(target)

    def batches():
        while True:
            yield batch(
                max(draw.randint(1, CODONS) for _ in range(2))
            )  # more long pieces than short ones: they are harder

    model = Seq2Seq(3 + len(BASES), 3 + len(AMINO_ACIDS), width=48, heads=4, inner=96, layers=1)
    train(model, batches(), STEPS, warmup=500, smoothing=0)
    for codons in (1, 4, 8, CODONS):
        source, target = batch(codons)
        right = (
            sum(
                guess == row[:-1].tolist()
                for guess, row in zip(model.greedy(source, codons + 2), target)
            )
            / BATCH
        )
        print(f"pieces of {codons} codons right: {right:.3f}")
    model.save("genetic-code")


if __name__ == "__main__":
    main()
