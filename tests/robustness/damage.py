"""Ways to break files: bytes, JSON values, chunks of a PNG, and what lies where a file should."""

import contextlib
import json
import os
import random
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

_DEEP = "a nesting that no parser follows"


def cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def blank(rng: random.Random, data: bytes) -> bytes:
    at, length = rng.randrange(len(data)), rng.randrange(1, 400)
    return data[:at] + bytes(len(data[at : at + length])) + data[at + length :]


def lose(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.randrange(1, 600) :]


def flip(rng: random.Random, data: bytes) -> bytes:
    flipped = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + rng.randbytes(rng.randrange(1, 40)) + data[at:]


def repeat(rng: random.Random, data: bytes) -> bytes:
    at, length = rng.randrange(len(data)), rng.randrange(1, 200)
    return data[: at + length] + data[at:]


def overwrite(rng: random.Random, data: bytes) -> bytes:
    """A number that is large, negative or none somewhere."""
    number = rng.choice([0, 1, -1, 127, 128, 255, 2**15, 2**31 - 1, 2**31, 2**32 - 1, 2**62])
    size = rng.choice([1, 2, 4, 8])
    part = (number % (1 << 8 * size)).to_bytes(size, rng.choice(["big", "little"]))
    at = rng.randrange(len(data))
    return data[:at] + part + data[at + size :]


def replace(rng: random.Random, data: bytes) -> bytes:
    return rng.choice([b"", b"\0", rng.randbytes(rng.randrange(1, 2000)), b"\xff\xfe" + data, data[::-1]])


BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(cut, blank, lose, flip, flip, insert, repeat, overwrite, overwrite, replace),
)


def broken_bytes(rng: random.Random, data: bytes, most: int = 3) -> bytes:
    """`data` with one to `most` damages."""
    for _ in range(rng.randint(1, most)):
        data = rng.choice(BYTES)(rng, data) if data else data
    return data


# ---- values of JSON and TOML


def odd_value(rng: random.Random) -> Any:
    """A value that nobody expects where it stands."""
    return rng.choice(
        [
            *(None, True, False, 0, 1, -1, 254, 255, 256, 2**31, 2**63, 2**64, -(2**63), 10**400, 0.5, -0.0),
            *(1e308, -1e308, float("nan"), float("inf"), -float("inf"), "", " ", "0", "1", "-1", "1e5", "a"),
            *(
                "\0",
                "\ud800",
                "é☕\u202e",
                "a" * 250,
                "a" * 5000,
                "a/" * 2500,
                "../../outside",
                "..",
                "/",
                ".",
            ),
            *("/etc/passwd", "../outside/00000", "C:\\x", "{path}", "{0}", "%s", "\n", "00000", "a\nb"),
            *([], {}, [[]], [None], [1, 2], {"": None}, {"a": {}}, [[1] * 6], [0] * 2000, _DEEP),
        ]
    )


def broken_json(rng: random.Random, value: Any, most: int = 3) -> bytes:
    """The text of `value` with one to `most` values changed, left out, doubled or exchanged; some of them
    are broken as text, too."""
    value = json.loads(json.dumps(value))
    for _ in range(rng.randint(1, most)):
        places = list(_places(value))
        if not places:
            break
        _spoil(rng, value, *rng.choice(places), places)
    text = json.dumps(value, ensure_ascii=rng.random() < 0.9)
    text = text.replace(f'"{_DEEP}"', "[" * 100_000 if rng.random() < 0.5 else "[" * 900 + "]" * 900)
    encoding = rng.choice(["utf-8"] * 20 + ["utf-16", "utf-32", "latin-1", "utf-8-sig"])
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    return broken_bytes(rng, data, 1) if rng.random() < 0.1 else data


def _places(value: Any, depth: int = 0) -> Any:
    """(container, key) of every value in it."""
    if isinstance(value, dict | list) and depth < 8:
        keys = value.keys() if isinstance(value, dict) else range(len(value))
        for key in list(keys):
            yield value, key
            yield from _places(value[key], depth + 1)


def _spoil(rng: random.Random, top: Any, container: Any, key: Any, places: list[Any]) -> None:
    with contextlib.suppress(LookupError, TypeError):
        way = rng.randrange(6)
        if way == 0:
            del container[key]
        elif way == 1 and isinstance(container, dict):
            container[str(odd_value(rng))[:5000]] = container.pop(key)
        elif way == 2 and isinstance(container, list):
            container.extend([container[key]] * rng.choice([1, 1, 50]))
        elif way == 3:
            other, there = rng.choice(places)
            container[key] = json.loads(json.dumps(other[there]))
        else:
            container[key] = odd_value(rng)


# ---- pictures


def broken_png(rng: random.Random, data: bytes) -> bytes:
    """A mask's PNG with damaged bytes, damaged chunks that have right checksums, or of another kind."""
    way = rng.random()
    if way < 0.3:
        return broken_bytes(rng, data)
    if way < 0.5:
        data = _other_picture(rng, data)
        return broken_bytes(rng, data, 1) if rng.random() < 0.5 else data
    chunks = list(_chunks(data))
    for _ in range(rng.randint(1, 3)):
        chunks = _broken_chunks(rng, chunks) or chunks
    return data[:8] + b"".join(_chunk(*each) for each in chunks)


def _chunks(data: bytes) -> Any:
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _broken_chunks(rng: random.Random, chunks: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    at = rng.randrange(len(chunks))
    name, data = chunks[at]
    way = rng.randrange(7)
    if way == 0:
        return chunks[:at] + chunks[at + 1 :]
    if way == 1:
        other = rng.randrange(len(chunks))
        chunks[at], chunks[other] = chunks[other], chunks[at]
        return chunks
    if way == 2:
        return chunks[: at + 1] + chunks[at:]
    if way in (3, 4):
        return [*chunks[:1], _odd_chunk(rng), *chunks[1:]]
    if name == b"IHDR":
        width, height = (rng.choice([0, 1, 32, 24, 60_000, 2**31 - 1, 2**32 - 1]) for _ in range(2))
        depth, colour = rng.choice([1, 2, 4, 8, 16, 3]), rng.choice([0, 2, 3, 4, 6, 5])
        size = struct.pack(">II", width, height) if rng.random() < 0.5 else data[:8]
        return [(name, size + bytes([depth, colour, 0, 0, rng.choice([0, 1, 9])])), *chunks[1:]]
    if name == b"IDAT" and rng.random() < 0.7:
        try:
            pixels = zlib.decompressobj().decompress(data, 1 << 20)
        except zlib.error:  # broken before
            pixels = data
        broken = broken_bytes(rng, pixels) if pixels else b""
        data = rng.choice([zlib.compress(pixels * 50), zlib.compress(broken), zlib.compress(b""), _bomb()])
    chunks[at] = name, broken_bytes(rng, data, 1) if data and rng.random() < 0.5 else data
    return chunks


def _odd_chunk(rng: random.Random) -> tuple[bytes, bytes]:
    names = b"gAMA cHRM sRGB iCCP tRNS bKGD pHYs sBIT tIME tEXt zTXt iTXt eXIf hIST sPLT acTL fcTL fdAT abcd"
    texts = [b"k\0\0" + zlib.compress(b"a"), b"k\0\0" + _bomb()]
    values = [b"", b"\0", rng.randbytes(rng.randrange(1, 40)), bytes(16), *texts]
    exif = b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0" + rng.randbytes(1) + bytes(7)
    return rng.choice(names.split()), rng.choice([*values, exif, b"a\0" + bytes(3000)])


@cache
def _bomb() -> bytes:
    """100 MB in 100 kB."""
    return zlib.compress(bytes(100_000_000), 1)


def _other_picture(rng: random.Random, data: bytes) -> bytes:
    """The same ids in another mode, depth or file format, or another picture altogether."""
    with Image.open(BytesIO(data)) as image:
        ids = np.array(image)
    noise = np.random.default_rng(rng.randrange(1 << 30)).integers(0, 256, (*ids.shape, 4), np.uint8)
    mode = rng.choice(["L", "1", "RGB", "RGBA", "LA", "I", "I;16", "F", "CMYK", "YCbCr", "P", "noise"])
    if mode == "noise":
        picture = Image.fromarray(noise[..., : rng.choice([3, 4])] if rng.random() < 0.5 else noise[..., 0])
    elif mode == "I;16":
        picture = Image.fromarray(ids.astype(np.uint16) * 257)
    else:
        picture = Image.fromarray(ids * rng.choice([1, 100, 255])).convert(mode)
    if rng.random() < 0.2:
        picture = picture.resize((rng.choice([1, 2, 64, 700]), rng.choice([1, 3, 48, 500])))
    kind = rng.choice(
        ["PNG", "PNG", "PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "PPM", "TGA", "ICO", "JPEG2000"]
    )
    stream = BytesIO()
    try:
        picture.save(stream, kind)
    except (OSError, ValueError, KeyError):  # not every format has every mode
        stream = BytesIO()
        picture.convert("RGB").save(stream, "PNG")
    return stream.getvalue()


# ---- places


def put(rng: random.Random, path: Path, data: bytes) -> str:
    """Something else where the file `path` should be; in most cases `data`, which is broken already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        return "a folder"
    path.unlink(missing_ok=True)
    kind = rng.choice(["data"] * 30 + ["pipe", "folder", "missing", "link to itself", "dangling link"])
    if kind == "data":
        path.write_bytes(data)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link to itself":
        path.symlink_to(path)
    elif kind == "dangling link":
        path.symlink_to(path.with_name("nowhere"))
    return kind
