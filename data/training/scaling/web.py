"""A small web of texts that every machine with this course has: data/package-texts.json.gz.

READMEs and license files of the npm packages that the course installs. A package counts if its
license is MIT, ISC, BSD or 0BSD and it carries both files, so that each README travels with its
license and copyright notice; of several versions of a package the first one found counts. READMEs
are cut after 1,600 characters, and packages whose license file is longer than 2,400 are left out,
since those list other packages' licenses. Packages are in the order of their names.

`python web.py FOLDER …` reads the folders, `node_modules` unless given, which must be installed.
"""

import gzip
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
LICENSES = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD"}
README, LICENSE = 1600, 2400


def text_of(folder, pattern):
    for file in sorted(folder.iterdir()):
        if file.is_file() and re.fullmatch(rf"({pattern})(\.(md|markdown|txt))?", file.name, re.I):
            text = file.read_text(encoding="utf8", errors="replace")
            if text.strip():
                return text.replace("\r\n", "\n").strip()
    return None


def packages(folders):
    found = {}
    for manifest in sorted(path for folder in folders for path in folder.rglob("package.json")):
        try:
            about = json.loads(manifest.read_text(encoding="utf8"))
        except ValueError:  # a test's broken file
            continue
        name, version = about.get("name"), about.get("version")
        if not name or not version or name in found or about.get("license") not in LICENSES:
            continue
        readme = text_of(manifest.parent, "readme")
        license_text = text_of(manifest.parent, "licen[sc]e")
        if readme and license_text and len(license_text) <= LICENSE:
            found[name] = (f"{name}@{version}", about["license"], readme[:README], license_text)
    return [found[name] for name in sorted(found)]


def main(folders):
    keys = ("package", "license", "readme", "licenseText")
    rows = [dict(zip(keys, row, strict=True)) for row in packages(folders)]
    data = json.dumps(rows, ensure_ascii=False, indent=0).encode()
    path = ROOT / "data" / "package-texts.json.gz"
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(len(rows), "packages,", len(data), "bytes,", path.stat().st_size, "packed")


if __name__ == "__main__":
    main([pathlib.Path(folder) for folder in sys.argv[1:]] or [ROOT / "node_modules"])
