"""Cuts the pictures of lesson 02 out of their packages: data/fashion-mnist-*.idx.gz and
data/cat.rgb.gz.

Fashion-MNIST comes from Debian's dataset-fashion-mnist (MIT), the cat from PyPI's scikit-image
0.26.0 (CC0). Needs Pillow for the cat.
"""

import gzip
import io
import pathlib
import struct
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE, DATA = ROOT / ".local" / "cache", ROOT / "data"
PACKAGE = pathlib.Path("/usr/share/datasets/fashion-mnist")
SEEN, UNSEEN, SIDE = 8000, 1000, 224


def write(name, content):
    with gzip.GzipFile(DATA / name, "wb", compresslevel=9, mtime=0) as out:
        out.write(content)
    print(name, (DATA / name).stat().st_size, "bytes")


def fashion():
    """The first 8,000 pictures of the training set and the first 1,000 of the test set, in this
    order, as one IDX file each for pictures and labels.
    """
    if not PACKAGE.exists():
        sys.exit("There is no Fashion-MNIST: apt-get install dataset-fashion-mnist")
    unpack = lambda name: gzip.decompress((PACKAGE / name).read_bytes())
    for kind, head, size in (("images-idx3", 16, 28 * 28), ("labels-idx1", 8, 1)):
        seen, unseen = (unpack(f"{part}-{kind}-ubyte.gz") for part in ("train", "t10k"))
        header = bytearray(seen[:head])
        header[4:8] = struct.pack(">I", SEEN + UNSEEN)
        write(
            f"fashion-mnist-{kind.split('-')[0]}.idx.gz",
            bytes(header) + seen[head : head + SEEN * size] + unseen[head : head + UNSEEN * size],
        )


def cat():
    """The middle of the photograph chelsea, 300 × 300 pixels scaled to 224 × 224, three bytes a
    pixel.
    """
    from PIL import Image

    wheel = next(CACHE.glob("scikit_image-0.26.0-*.whl"), None)
    if wheel is None:
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--no-deps",
                "scikit-image==0.26.0",
                "-d",
                CACHE,
            ],
            check=True,
        )
        wheel = next(CACHE.glob("scikit_image-0.26.0-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        photo = Image.open(io.BytesIO(archive.read("skimage/data/chelsea.png"))).convert("RGB")
    left = (photo.width - photo.height) // 2
    square = photo.crop((left, 0, left + photo.height, photo.height)).resize(
        (SIDE, SIDE), Image.Resampling.LANCZOS
    )
    write("cat.rgb.gz", square.tobytes())


if __name__ == "__main__":
    fashion()
    cat()
