"""loadBertVocabulary: the ids that Hugging Face's tokenizers gives with BERT's vocabulary; test by
encodeWordPiece(text, loadBertVocabulary()).
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from token_peers import PACKAGES, TEXTS, bert  # noqa: E402

tokenizer = bert()
o = Oracle("loadBertVocabulary", packages=PACKAGES)
for name, text in TEXTS.items():
    o.case("values", name, [text], lambda t: tokenizer.encode(t).ids)
o.case("values", "all in one", ["\n".join(TEXTS.values())], lambda t: tokenizer.encode(t).ids)
o.save()
