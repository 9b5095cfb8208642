"""Writes the bundled demo clip, resources/demo/twins.mp4, and the mask of its first frame.

    python benchmarks/make_demo.py [--masks FOLDER]

The picture comes from benchmarks/demo_scene.py, so the clip owes nothing to anybody. ``--masks`` also
writes the ground truth of every frame, to score what the program makes of the clip:

    skn-propagate resources/demo/twins.mp4 --masks resources/demo/twins_00000.png --output results
    skn-evaluate FOLDER results/twins

The blue ball is background in all of them.
"""

import argparse
from pathlib import Path

import imageio_ffmpeg
from demo_scene import LENGTH, demo_scene, painted
from tqdm import tqdm

from skn_annotator.annotation.masks import encode_mask

DEMO = Path(__file__).resolve().parents[1] / "resources" / "demo"
HEIGHT, WIDTH, FPS = 480, 854, 24
QUALITY = ["-crf", "23", "-preset", "veryslow", "-g", "24", "-movflags", "+faststart"]


def main() -> None:
    """Renders the frames and writes the files."""
    parser = argparse.ArgumentParser(description="Write the bundled demo clip and its first mask.")
    parser.add_argument(
        "--masks", type=Path, metavar="FOLDER", help="also write every frame's ground truth there"
    )
    folder = parser.parse_args().masks
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    DEMO.mkdir(parents=True, exist_ok=True)
    clip = DEMO / "twins.mp4"
    writer = imageio_ffmpeg.write_frames(
        str(clip),
        (WIDTH, HEIGHT),
        fps=FPS,
        codec="libx264",
        quality=None,
        macro_block_size=2,
        output_params=QUALITY,
    )
    writer.send(None)
    for t, (frame, ids) in enumerate(tqdm(demo_scene((HEIGHT, WIDTH)), total=LENGTH, unit="frame")):
        writer.send(frame)
        mask = painted(ids)
        if t == 0:
            (DEMO / "twins_00000.png").write_bytes(encode_mask(mask))
        if folder is not None:
            (folder / f"{t:05d}.png").write_bytes(encode_mask(mask))
    writer.close()
    print(f"{clip}: {LENGTH} frames, {clip.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
