"""The twins: a rendered clip of two balls that look the same and roll around each other on a table.

The two differ in nothing but where they were, so only a reader that minds the place keeps them apart (the
first figure of the SKN paper). The ground truth comes with the picture. It is a test set that needs no
download: other seeds give other paints, paths and tables. `demo_scene.py` draws the demo clip with the same
ray caster.

A small ray caster in linear light: painted spheres on one plane, a key light with soft shadows, light from
all sides, a camera that breathes. World units are ball radii; x points right, y up, z away from the camera.
No motion blur, no meshes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Frame = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]


def _vector(*values: float) -> Floats:
    return np.array(values, np.float32)


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


KEY_LIGHT = _unit(_vector(-0.55, 0.74, -0.39))
"""The direction towards the key light: above, left of and behind the camera."""
KEY_COLOR, SKY_COLOR = _vector(2.15, 1.95, 1.7), _vector(0.42, 0.46, 0.52)
TABLE_CORNER, TEXELS = (-20.0, -14.0), 48
"""The (x, z) of the table texture's first texel, and its texels per unit; it repeats mirrored."""


@dataclass(frozen=True)
class Paint:
    """Four linear RGB colours of a ball: ground, band, dots, and the line that borders the band."""

    ground: Floats
    band: Floats
    dots: Floats
    line: Floats


@dataclass(frozen=True)
class Ball:
    """A painted sphere; `spin` (3, 3) turns directions of the world into those of the paint."""

    center: Floats  # x, y, z
    radius: float
    spin: Floats
    paint: Paint
    object_id: int = 0


@dataclass(frozen=True)
class Course:
    """The way of two balls around each other: an ellipse of half axes `reach` and `depth`, from the angle
    `start` on."""

    reach: float
    depth: float
    start: float

    def balls(self, length: int, paints: tuple[Paint, Paint]) -> Iterator[tuple[float, list[Ball]]]:
        """For each of `length` frames its share (0-1) of the way, and the balls with the ids 1 and 2."""
        spins = [np.eye(3, dtype=np.float32)] * 2
        before = self._offset(0)
        for t in range(length):
            share = t / max(length - 1, 1)
            offset = self._offset(share)
            spins = [
                rolled(spin, sign * (offset - before)) for spin, sign in zip(spins, (1, -1), strict=True)
            ]
            before = offset
            yield (
                share,
                [
                    Ball(_vector(0, 1, 0) + sign * offset, 1.0, spin, paint, i)
                    for i, sign, spin, paint in zip((1, 2), (1, -1), spins, paints, strict=True)
                ],
            )

    def _offset(self, share: float) -> Floats:
        angle = self.start + 2 * np.pi * (share + 0.03 * np.sin(4 * np.pi * share))
        return _vector(self.reach * -np.cos(angle), 0, self.depth * np.sin(angle))


@dataclass(frozen=True)
class Camera:
    """A pinhole: where it stands, its axes (rows: right, down, forward), its focal length and centre in
    pixels."""

    position: Floats
    axes: Floats
    focal: float
    center: tuple[float, float]

    def rays(self, rows: slice, columns: slice) -> Floats:
        """Unit directions (H, W, 3) through the pixel centres of a part of the image."""
        v, u = np.mgrid[rows, columns].astype(np.float32) + 0.5
        across, down = (u - self.center[0]) / self.focal, (v - self.center[1]) / self.focal
        rays = across[..., None] * self.axes[0] + down[..., None] * self.axes[1] + self.axes[2]
        return np.asarray(rays / np.linalg.norm(rays, axis=-1, keepdims=True), np.float32)

    def around(self, ball: Ball, size: tuple[int, int]) -> tuple[slice, slice]:
        """The rows and columns of an image of `size` (H, W) that `ball` lies in."""
        x, y, depth = self.axes @ (ball.center - self.position)
        reach = 1.2 * ball.radius * self.focal / depth
        u, v = self.center[0] + self.focal * x / depth, self.center[1] + self.focal * y / depth
        top, bottom = np.clip([v - reach, v + reach + 1], 0, size[0]).astype(int).tolist()
        left, right = np.clip([u - reach, u + reach + 1], 0, size[1]).astype(int).tolist()
        return slice(top, bottom), slice(left, right)


def twins(
    size: tuple[int, int] = (480, 854), length: int = 96, seed: int = 0, oversample: int = 2
) -> Iterator[Frame]:
    """Yields `length` pairs of an RGB frame, uint8 (H, W, 3), and its id map, uint8 (H, W), with the ids 1
    and 2.

    Whatever the `length`, the balls cross twice, each once in front of the other. The same arguments give the
    same clip. `oversample` squared rays per pixel are averaged: 1 is quick and jagged.
    """
    rng = np.random.default_rng(seed)
    table, paint, marbles = wood(rng), _paint(rng), _marbles(rng)
    course = Course(rng.uniform(4.0, 4.5), rng.uniform(1.15, 1.35), rng.uniform(-0.3, 0.0))
    for share, pair in course.balls(length, (paint, paint)):
        yield render(size, oversample, share, table, [*pair, *marbles])


def rolled(spin: Floats, step: Floats) -> Floats:
    """`spin` after a ball rolled by `step` (x, 0, z), in its radii, on the table."""
    turn, _ = cv2.Rodrigues(np.array([step[2], 0, -step[0]], np.float64))  # of the ball, in the world
    return np.asarray(spin @ turn.T, np.float32)


# The picture


def render(
    size: tuple[int, int], oversample: int, share: float, table: Floats, balls: Sequence[Ball]
) -> Frame:
    """One frame of `size` (H, W), `share` (0-1) of the camera's way, and its id map; `table`: its texture."""
    large = (size[0] * oversample, size[1] * oversample)
    camera = _camera(large, share)
    light, ids = _table(camera, large, table, balls), np.zeros(large, np.uint8)
    for ball in sorted(balls, key=lambda ball: -float(np.linalg.norm(ball.center - camera.position))):
        rows, columns = camera.around(ball, large)
        hit, color = _ball(camera.position, camera.rays(rows, columns), ball, balls)
        light[rows, columns][hit] = color
        ids[rows, columns][hit] = ball.object_id
    counts = [
        cv2.resize((ids == i).astype(np.float32), size[::-1], interpolation=cv2.INTER_AREA)
        for i in range(1 + max(ball.object_id for ball in balls))
    ]
    picture = _developed(np.asarray(cv2.resize(light, size[::-1], interpolation=cv2.INTER_AREA), np.float32))
    return picture, np.argmax(counts, axis=0).astype(np.uint8)


def _camera(size: tuple[int, int], share: float) -> Camera:
    """The camera: 16 units away, 24 degrees above the table, swaying a little."""
    pitch = np.radians(24 + 0.7 * np.sin(2 * np.pi * share + 1))
    yaw = np.radians(2.2 * np.sin(2 * np.pi * share))
    back = 16 - 0.7 * np.sin(np.pi * share)
    forward = np.array([np.sin(yaw) * np.cos(pitch), -np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
    right = np.array([np.cos(yaw), 0, -np.sin(yaw)])
    axes = np.stack([right, np.cross(right, forward), forward]).astype(np.float32)
    position = _vector(0, 1.05, 0.2) - np.float32(back) * axes[2]
    return Camera(position, axes, 2.2 * size[0], (size[1] / 2, size[0] / 2))


def _table(camera: Camera, size: tuple[int, int], wood: Floats, balls: Sequence[Ball]) -> Floats:
    """The light, linear RGB (H, W, 3), from the table seen everywhere."""
    rays = camera.rays(slice(0, size[0]), slice(0, size[1]))
    points = camera.position - rays * (camera.position[1] / rays[..., 1:2])
    texels = [
        (points[..., axis] - corner) * TEXELS for axis, corner in zip((0, 2), TABLE_CORNER, strict=True)
    ]
    albedo = cv2.remap(wood, texels[0], texels[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    pool = np.exp(-((points[..., 0] + 1.5) ** 2 / 110 + (points[..., 2] - 0.5) ** 2 / 75))  # the lamp's cone
    normal = np.broadcast_to(_vector(0, 1, 0), points.shape)
    key, sky = _lit(points, normal, balls)
    return np.asarray(albedo * (KEY_COLOR * (key * pool)[..., None] + SKY_COLOR * sky[..., None]), np.float32)


def _ball(
    eye: Floats, rays: Floats, ball: Ball, balls: Sequence[Ball]
) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Which of the `rays` (H, W, 3) from `eye` hit `ball`, bool (H, W), and the light (N, 3) they see
    there."""
    along = rays @ (ball.center - eye)
    inside = ball.radius**2 - (np.sum((eye - ball.center) ** 2) - along**2)
    hit = inside > 0
    rays = rays[hit]
    points = eye + rays * (along[hit] - np.sqrt(inside[hit]))[:, None]
    normal = (points - ball.center) / ball.radius
    albedo = _painted(normal @ ball.spin.T, ball.paint)
    key, sky = _lit(points, normal, [other for other in balls if other is not ball])
    bounce = _vector(0.30, 0.20, 0.12) * (0.5 - 0.5 * normal[:, 1:2])  # light from the table
    light = albedo * (KEY_COLOR * key[:, None] + SKY_COLOR * sky[:, None] + bounce)
    mirrored = rays - 2 * np.sum(rays * normal, axis=1, keepdims=True) * normal
    glint = np.clip(mirrored @ KEY_LIGHT, 0, 1) ** 90 * 1.6 + np.clip(mirrored[:, 1], 0, 1) ** 3 * 0.05
    grazing = (1 - np.clip(-np.sum(rays * normal, axis=1), 0, 1)) ** 4 * 0.16
    return hit, np.asarray(light + (glint * (key > 0.02) + grazing)[:, None], np.float32)


def _lit(points: Floats, normal: Floats, balls: Sequence[Ball]) -> tuple[Floats, Floats]:
    """How much (0-1) of the key light and of the light from above reaches `points`, past the other
    `balls`."""
    towards = KEY_LIGHT
    key = np.clip(normal @ towards, 0, None)
    sky = 0.55 + 0.45 * normal[..., 1]
    for ball in balls:
        away = ball.center - points
        distance = np.linalg.norm(away, axis=-1)
        along = away @ towards
        aside = np.sqrt(np.maximum(distance**2 - along**2, 0)) / ball.radius
        blur = 0.12 + 0.07 * np.clip(along, 0, None) / ball.radius
        shadow = np.clip((aside - 1 + blur) / (2 * blur), 0, 1)
        key = key * np.where(along > 0, shadow * shadow * (3 - 2 * shadow), 1)
        facing = np.clip(np.sum(away * normal, axis=-1) / distance, 0, 1)
        sky = sky * (1 - 0.85 * facing * np.minimum(ball.radius / distance, 1) ** 2)
    return key, sky


def _developed(light: Floats) -> npt.NDArray[np.uint8]:
    """A photograph, uint8, of linear `light` (H, W, 3): filmic shoulder, a slight vignette, display gamma."""
    height, width = light.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = light * (1 - 0.16 * (x * x + y * y))[..., None]
    shown = light * (1 + light / 6) / (1 + light)
    return np.asarray(np.clip(shown, 0, 1) ** (1 / 2.2) * 255 + 0.5, np.uint8)


# The materials


def _painted(p: Floats, paint: Paint) -> Floats:
    """The paint's colour (N, 3) in the directions `p` (N, 3): a bordered band around the waist, dots on the
    caps."""
    wobble = 0.03 * np.sin(5 * np.arctan2(p[:, 2], p[:, 0]))
    height = np.abs(p[:, 1] + wobble)
    color = np.broadcast_to(paint.ground, p.shape)
    for where, other in (
        (_step(0.43, height), paint.line),
        (_step(0.36, height), paint.band),
        *((_step(0.30, np.linalg.norm(p - dot, axis=1)), paint.dots) for dot in _DOTS),
    ):
        color = color + where[:, None] * (other - color)
    return np.asarray(color, np.float32)


def _step(edge: float, value: Floats) -> Floats:
    """1 below `edge`, 0 above, soft for a hundredth."""
    return np.asarray(np.clip((edge - value) / 0.02 + 0.5, 0, 1), np.float32)


def _dots() -> list[Floats]:
    ring = [(np.cos(a), h, np.sin(a)) for h in (0.95, -0.95) for a in np.arange(5) * 2 * np.pi / 5]
    waist = [(1.9 * np.cos(a), 0.0, 1.9 * np.sin(a)) for a in np.arange(6) * np.pi / 3]
    return [_unit(_vector(*p)) for p in [*ring, *waist]]


_DOTS = _dots()


def linear(*rgb: float) -> Floats:
    """Linear light of a displayed colour, 0 to 1."""
    return _vector(*rgb) ** np.float32(2.2)


_PAINTS = (
    Paint(
        linear(0.93, 0.89, 0.80),
        linear(0.12, 0.44, 0.52),
        linear(0.90, 0.46, 0.28),
        linear(0.96, 0.78, 0.38),
    ),
    Paint(
        linear(0.90, 0.52, 0.40),
        linear(0.95, 0.90, 0.82),
        linear(0.25, 0.30, 0.50),
        linear(0.40, 0.18, 0.20),
    ),
    Paint(
        linear(0.36, 0.52, 0.36),
        linear(0.94, 0.86, 0.66),
        linear(0.72, 0.24, 0.22),
        linear(0.16, 0.26, 0.22),
    ),
    Paint(
        linear(0.32, 0.36, 0.58),
        linear(0.92, 0.76, 0.42),
        linear(0.94, 0.92, 0.88),
        linear(0.14, 0.16, 0.30),
    ),
)


def _paint(rng: np.random.Generator) -> Paint:
    return _PAINTS[int(rng.integers(len(_PAINTS)))]


def _marbles(rng: np.random.Generator) -> list[Ball]:
    """A few small balls of one colour, lying at the back and in front: not objects, only company."""
    places = [(-6.6, 4.6), (-4.9, 5.6), (5.4, 5.2), (7.2, 3.6), (-3.5, -3.1), (4.5, -2.9)]
    marbles = []
    for x, z in places:
        radius = float(rng.uniform(0.28, 0.5))
        color = linear(*rng.uniform((0.35, 0.25, 0.2), (0.75, 0.6, 0.5)))
        x, z = x + rng.uniform(-0.6, 0.6), z + rng.uniform(-0.5, 0.5)
        center = _vector(x, radius, z)
        marbles.append(Ball(center, radius, np.eye(3, dtype=np.float32), Paint(color, color, color, color)))
    return marbles


def wood(rng: np.random.Generator) -> Floats:
    """The table's linear RGB texture: planks with grain along x."""
    height, width = 20 * TEXELS, 40 * TEXELS
    plank_width = 3 * TEXELS
    rows = np.arange(height)
    plank = rows // plank_width
    tone = rng.uniform(0.82, 1.12, plank.max() + 1)[plank][:, None]
    grain = np.zeros((height, width), np.float32)
    for fine, weight in ((8, 0.5), (24, 0.3), (120, 0.2)):
        noise = rng.normal(size=(height * fine // 240 + 2, max(width * fine // 9600, 2))).astype(np.float32)
        grain += weight * cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    rings = 0.5 + 0.5 * np.sin(6 * grain + rows[:, None] / 17)
    gap = np.minimum(rows % plank_width, plank_width - rows % plank_width)[:, None] < 1.5
    light, dark = linear(0.74, 0.56, 0.40), linear(0.56, 0.39, 0.26)
    color = dark + (light - dark) * (0.65 * rings + 0.35 * np.clip(0.5 + 0.5 * grain, 0, 1))[..., None]
    return np.asarray(color * (tone * np.where(gap, 0.35, 1))[..., None], np.float32)
