"""The emoji of lesson 17: data/emoji.json.gz and data/emoji-pictures.gz.

Needs the folders of npm's emoji-datasource-google 16.0.0 and emojibase-data 17.0.0, and Pillow:
  npm pack emoji-datasource-google@16.0.0 emojibase-data@17.0.0, unpacked into <google> and <base>
  python emoji.py <google>/package <base>/package
Pictures are cut from the sheet of 32 pixels, laid on white, and share one palette of 256 colors;
a byte is a color, row by row, picture by picture. Names and keywords are Emojibase's.
Left out are flags, families, skin tones and people who face right, which differ in little.
"part" says what lesson 17's model has seen: "train"; "pair", a withheld combination, such as
"purple heart" or "woman firefighter", whose words all stand in other
names; "new", others at random.
"""

import gzip
import json
import pathlib
import random
import re
import sys

import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[3]
SIDE, COLORS = 32, 256
PAIRS = [
    "red heart",
    "purple heart",
    "green circle",
    "blue square",
    "green apple",
    "black cat",
    "orange book",
]
PEOPLE, NEW = 24, 120  # how many are withheld
COLORS_NAMED = {"red", "orange", "yellow", "green", "blue", "purple", "brown", "black", "white"}


def words_of(text):
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def entries(google, base):
    known = {e["hexcode"]: e for e in json.loads((base / "en" / "data.json").read_text())}
    groups = {}
    for e in json.loads((google / "emoji.json").read_text()):
        code = e["unified"]
        found = known.get(code) or known.get(code.replace("-FE0F", ""))
        found = found or known[e["non_qualified"]]
        name = found["label"].lower()
        if e["category"] in ("Flags", "Component") or "facing right" in name:
            continue
        if "family" in name or "skin tone" in name:
            continue
        tags = [t.lower() for t in found.get("tags", [])]
        groups[name] = {
            "emoji": found["emoji"],
            "name": " ".join(words_of(name)),
            "keywords": [t for t in tags if re.fullmatch(r"[a-z0-9’' -]+", t)],
            "group": e["category"],
            "at": (e["sheet_x"], e["sheet_y"]),
        }
    return list(groups.values())


def share_out(items):
    """Withholds pairs of gender and job, such as "woman firefighter", and others at random."""
    names = {e["name"] for e in items}
    draw = random.Random(17)
    person = re.compile(r"^(man|woman|person) ")
    jobs = [n for n in sorted(names) if re.match(r"^(man|woman) ", n)]
    siblings = lambda n: {g + " " + person.sub("", n) for g in ("man", "woman", "person")} - {n}
    jobs = [n for n in jobs if siblings(n) & names]
    people, taken = [], set()
    for name in draw.sample(jobs, len(jobs)):
        job = person.sub("", name)
        if job not in taken and len(people) < PEOPLE:
            people.append(name)
            taken.add(job)
    plain = lambda n: not person.match(n) and not COLORS_NAMED & set(n.split())
    free = [e["name"] for e in items if plain(e["name"])]
    new = set(draw.sample(sorted(free), NEW))
    for e in items:
        pair = e["name"] in PAIRS or e["name"] in people
        e["part"] = "pair" if pair else "new" if e["name"] in new else "train"


def pictures(items, sheet):
    step = SIDE + 2  # a pixel of edge around each picture
    strip = Image.new("RGB", (SIDE, SIDE * len(items)), "white")
    for i, e in enumerate(items):
        x, y = (at * step + 1 for at in e.pop("at"))
        cut = sheet.crop((x, y, x + SIDE, y + SIDE))
        strip.paste(cut, (0, SIDE * i), cut)
    few = strip.quantize(
        COLORS, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE
    )
    palette = np.array(few.getpalette()).reshape(-1, 3)
    return np.array(few, dtype=np.uint8), palette.tolist()


def main(google, base):
    items = entries(google, base)
    share_out(items)
    sheet = Image.open(google / "img" / "google" / "sheets" / "32.png").convert("RGBA")
    pixels, palette = pictures(items, sheet)
    text = json.dumps({"palette": palette, "emoji": items}, ensure_ascii=False)
    write = lambda name, raw: (ROOT / "data" / name).write_bytes(gzip.compress(raw, 9, mtime=0))
    write("emoji.json.gz", text.encode())
    write("emoji-pictures.gz", pixels.tobytes())
    print({p: sum(e["part"] == p for e in items) for p in ("train", "pair", "new")})


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
