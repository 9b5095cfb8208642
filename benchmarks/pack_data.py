"""Training data in one small archive, for a machine with a GPU that is at hand for some minutes.

    python benchmarks/pack_data.py DATA data.tar [--side 224] [--quality 55] [--sets NAME ...]

Pictures are brought to a short side of `--side` pixels at most and compressed again, masks and soft edges
with them; names stay, so that the stage files do. Then, on that machine:

    mkdir data && tar xf data.tar -C data
    skn-train STAGE.toml --data data --run runs/1 --resume WEIGHTS.safetensors \\
        --device cuda --workers 16 --minutes 9

with a larger `batch` in a copy of the stage file. ``runs/1/weights.safetensors`` comes back, and a run here
goes on from it with --resume.
"""

import argparse
import io
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

SETS = (
    "davis2016-train",
    "video-train",
    "static/bsds",
    "static/ccp",
    "static/cats",
    "static/coco128",
    "static/coco",
    "static/animals",
    "static/cutouts",
)
PICTURES = {"images", "JPEGImages"}


def packed(path: Path, picture: bool, side: int, quality: int) -> bytes:
    """The file at its new size: JPEG for a picture, PNG with the same palette for a mask."""
    with Image.open(path) as image:
        scale = min(1.0, side / min(image.size))
        size = (round(image.width * scale), round(image.height * scale))
        data = io.BytesIO()
        if picture:
            image.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(data, "JPEG", quality=quality)
        else:
            soft = image.mode == "L" and len(np.unique(np.asarray(image))) > 2
            how = Image.Resampling.BOX if soft else Image.Resampling.NEAREST
            image.resize(size, how).save(data, "PNG", optimize=True)
        return data.getvalue()


def files(root: Path) -> list[Path]:
    """Pictures, masks and soft edges below a data set, in order."""
    return sorted(p for p in root.rglob("*") if p.suffix in (".jpg", ".png") and p.is_file())


def main() -> None:
    """Write the archive and say how large it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--quality", type=int, default=55)
    parser.add_argument("--sets", nargs="+", default=SETS)
    options = parser.parse_args()
    paths = [path for name in options.sets for path in files(options.data / name)]
    with tarfile.open(options.archive, "w") as archive:
        for path in tqdm(paths, unit="file", disable=None):
            name = path.relative_to(options.data)
            picture = bool(PICTURES & set(name.parts))
            data = packed(path, picture, options.side, options.quality)
            if picture:
                name = name.with_suffix(".jpg")
            member = tarfile.TarInfo(name.as_posix())
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    print(f"{len(paths)} files, {options.archive.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
