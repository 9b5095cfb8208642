"""Camera effects on the finished frames of a clip: colours, blur, noise, JPEG; and hidden patches.

It comes after everything is pasted, so that all of a frame has gone through the same camera.
"""

import cv2
import numpy as np

from skn_annotator.arrays import FrameStack, MaskStack

_HIDE_GRIDS = (4, 6, 8, 12)
_HIDDEN_SHARE = 0.25


def recolor(rng: np.random.Generator, frames: FrameStack) -> FrameStack:
    """Brightness, contrast, saturation and tint of the clip, and a little per frame; rarely grey."""
    gain = 1 + rng.uniform(-0.25, 0.25) + rng.uniform(-0.06, 0.06, (len(frames), 1, 1, 1))
    tint = 1 + rng.uniform(-0.08, 0.08, (1, 1, 1, 3)) + rng.uniform(-0.02, 0.02, (len(frames), 1, 1, 3))
    bias = rng.uniform(-20, 20) + rng.uniform(-6, 6, (len(frames), 1, 1, 1))
    saturation = 0 if rng.random() < 0.03 else rng.uniform(0.6, 1.3)
    grey = np.full((3, 3), (1 - saturation) / 3) + np.eye(3) * saturation
    middle = frames.mean()
    recolored = np.empty_like(frames)
    for t, frame in enumerate(frames):
        change = (gain[t] * tint[t]).reshape(3, 1)
        shift = middle * (1 - change) + bias[t].reshape(1, 1) - 0.5  # OpenCV rounds, and clips to 0-255
        recolored[t] = cv2.transform(frame, np.hstack((change * grey, shift)))
    return recolored


def record(rng: np.random.Generator, frames: FrameStack) -> FrameStack:
    """One lens, one sensor and one JPEG compression for all of a clip, a little different from frame to
    frame."""
    sigma = rng.uniform(0.3, 1.0) if rng.random() < 0.4 else 0.0
    strength = rng.uniform(0.5, 5) if rng.random() < 0.6 else 0.0
    quality = int(rng.integers(40, 96))
    noise = rng.standard_normal(frames.shape[1:], np.float32) * np.float32(strength)
    recorded = np.empty_like(frames)
    for t, frame in enumerate(frames):
        seen = cv2.GaussianBlur(frame, (0, 0), sigma) if sigma else frame
        if strength:  # the same noise at another place is other noise, and costs a tenth
            rows, columns = rng.integers(0, frames.shape[1], 2)
            seen = np.clip(seen + np.roll(noise, (rows, columns), (0, 1)), 0, 255).astype(np.uint8)
        bgr = cv2.cvtColor(seen, cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
        recorded[t] = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)
    return recorded


def hide(rng: np.random.Generator, frames: FrameStack, masks: MaskStack) -> tuple[FrameStack, MaskStack]:
    """Hide-and-seek: patches of a random grid take the clip's mean colour, and hide what lies there.

    The first frame stays whole: it shows what is to be followed [choice]. Returns new arrays.
    """
    crop = frames.shape[1]
    frames, masks = frames.copy(), masks.copy()
    mean = frames.mean((0, 1, 2)).astype(np.uint8)
    for t in range(1, len(frames)):
        cells = int(rng.choice(_HIDE_GRIDS))
        grid = (rng.random((cells, cells)) < _HIDDEN_SHARE).astype(np.uint8)
        hidden = cv2.resize(grid, (crop, crop), interpolation=cv2.INTER_NEAREST) > 0
        frames[t][hidden] = mean
        masks[t][hidden] = 0
    return frames, masks
