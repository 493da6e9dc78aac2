"""The ids that Hugging Face's tokenizers gives for whole texts: data/token-ids.json. For each
text, and for a word of a megabyte, how many ids there are and the sha256 of their list; and the
text of each of GPT-2's tokens alone, which often is no UTF-8.
"""

import gzip
import hashlib
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "data" / "oracles" / "text"))
from token_peers import bert, gpt2  # noqa: E402

tokenizers = {"gpt2": gpt2(), "bert": bert()}
texts = [
    (t["name"], t["text"])
    for t in json.loads(gzip.decompress((ROOT / "data" / "texts.json.gz").read_bytes()))
]
plays = gzip.decompress((ROOT / "data" / "shakespeare.txt.gz").read_bytes()).decode()
texts += [
    ("Shakespeare", plays),
    ("a word of a megabyte", (re.sub("[^A-Za-z]", "", plays) * 2)[:1_048_576]),
]


def digest(values):
    return hashlib.sha256(
        json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def encoded(tokenizer, text):
    ids = tokenizer.encode(
        re.sub("[\ud800-\udfff]", "\ufffd", text)
    ).ids  # UTF-8 has no bytes for half a surrogate pair
    return {"count": len(ids), "sha256": digest(ids)}


answers = {
    "texts": {
        name: {kind: encoded(t, text) for kind, t in tokenizers.items()} for name, text in texts
    }
}
answers["decoded"] = {
    "gpt2": digest(
        [tokenizers["gpt2"].decode([i], skip_special_tokens=False) for i in range(50257)]
    )
}
(ROOT / "data" / "token-ids.json").write_text(json.dumps(answers, indent=1) + "\n")
print(
    f"{len(answers['texts'])} texts, "
    f"{sum(a['gpt2']['count'] for a in answers['texts'].values())} ids of GPT-2"
)
