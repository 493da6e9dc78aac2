"""Makes lesson 19's measured splice sites, data/splice-sites.txt.gz, and the small convolution that
reads them, data/checkpoints/splice-convolution.safetensors.

pip install numpy safetensors torch
pip download --no-deps mavenn==1.1.4
python data/training/biology/splice_sites.py mavenn-1.1.4-py3-none-any.whl

A line holds a site's nine letters and log10 of the percentage of RNA with the exon, measured twice:
the y of mpsa_data.csv.gz and that of mpsa_replicate_data.csv.gz, to hundredths, "-" where a site is
missing in the second. The first FITTING lines are that package's training and validation part, the
others its test part, each in alphabetical order.

The convolution (width 3, 32 channels, a hidden layer of 32) learns the first measurement from the
FITTING lines, in units of its standard deviation, with AdamW, 15 epochs of batches of 128. Before
that, it prints what the same settings reach on the validation part when trained without it.
"""

import csv
import gzip
import io
import pathlib
import sys
import zipfile

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

DATA = pathlib.Path(__file__).resolve().parents[2]
FOLDER = "mavenn/examples/datasets/"
LETTERS = "ACGU"
FITTING = 24_405


def read(wheel, name):
    text = gzip.decompress(zipfile.ZipFile(wheel).read(FOLDER + name)).decode()
    return {row["x"]: row for row in csv.DictReader(io.StringIO(text))}


def one_hot(sites):
    ids = torch.tensor([[LETTERS.index(c) for c in site] for site in sites])
    return nn.functional.one_hot(ids, 4).float().transpose(1, 2)  # [N, 4, 9]


def fit(sites, values, width=3, channels=32, hidden=32, epochs=15, batch=128):
    torch.manual_seed(19)
    model = nn.Sequential(
        nn.Conv1d(4, channels, width),
        nn.ReLU(),
        nn.Flatten(),  # channel by channel, 10 - width positions each
        nn.Linear(channels * (10 - width), hidden),
        nn.ReLU(),
        nn.Linear(hidden, 1),
    )
    inputs = one_hot(sites)
    mean, spread = values.mean(), values.std()
    targets = torch.tensor((values - mean) / spread, dtype=torch.float32)
    steps = epochs * -(-len(sites) // batch)
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    for _ in range(epochs):
        for part in torch.randperm(len(sites)).split(batch):
            loss = (model(inputs[part])[:, 0] - targets[part]).square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return model, mean, spread


def explained(fitted, sites, values):
    model, mean, spread = fitted
    with torch.no_grad():
        guesses = model(one_hot(sites))[:, 0].numpy() * spread + mean
    return 1 - ((guesses - values) ** 2).sum() / ((values - values.mean()) ** 2).sum()


def main(wheel):
    torch.set_num_threads(1)
    first = read(wheel, "mpsa_data.csv.gz")
    second = read(wheel, "mpsa_replicate_data.csv.gz")
    kept = sorted(site for site, row in first.items() if row["set"] != "test")
    test = sorted(site for site, row in first.items() if row["set"] == "test")
    assert len(kept) == FITTING
    measured = {site: f"{float(row['y']):.2f}" for site, row in first.items()}
    again = {site: f"{float(row['y']):.2f}" for site, row in second.items()}
    lines = [f"{site} {measured[site]} {again.get(site, '-')}\n" for site in kept + test]
    packed = gzip.compress("".join(lines).encode(), 9, mtime=0)
    (DATA / "splice-sites.txt.gz").write_bytes(packed)

    values = {site: float(text) for site, text in measured.items()}
    of = lambda sites: np.array([values[site] for site in sites])
    training = [site for site in kept if first[site]["set"] == "training"]
    validation = [site for site in kept if first[site]["set"] == "validation"]
    r2 = explained(fit(training, of(training)), validation, of(validation))
    model, mean, spread = fit(kept, of(kept))
    print(len(packed), f"R² on the validation part {r2:.3f}")
    convolution, dense, out = model[0], model[3], model[5]
    tensors = {
        "kernel": convolution.weight.permute(2, 1, 0),  # [3, 4, 32]
        "kernelBias": convolution.bias,
        # rows by position, then channel, as a flattened [7, 32] has them
        "hidden": dense.weight.reshape(32, 32, 7).permute(2, 1, 0).reshape(7 * 32, 32),
        "hiddenBias": dense.bias,
        "out": out.weight.T * spread,  # [32, 1]
        "outBias": out.bias * spread + mean,
    }
    save_file(
        {name: t.detach().float().contiguous() for name, t in tensors.items()},
        DATA / "checkpoints" / "splice-convolution.safetensors",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
