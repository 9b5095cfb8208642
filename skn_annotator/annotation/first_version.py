"""What `project.json` said in version 1, as version 2 says it.

There, a reference frame decided all objects, and a mask was carried as a whole from frames that were told by
the checksums of their files. Version 2 says both of each object.
"""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from skn_annotator.annotation.masks import decode_mask, object_checksum


def upgraded(settings: Mapping[str, Any], masks: Mapping[int, bytes]) -> Mapping[str, Any]:
    """The JSON `settings` in the present version. `masks`: the palette PNGs that are there, by frame.

    Raises ValueError, KeyError or TypeError where it is not what it should be.
    """
    if settings["version"] > 1:
        return settings
    ids = [o["id"] for o in settings["objects"]]
    references = [int(t) for t in settings["references"]]
    frames = {crc32(masks[r], r): r for r in references if r in masks}
    decoded = {r: decode_mask(masks[r]) for r in frames.values()}
    checksums = {
        checksum: {i: object_checksum(decoded[r], i, r) for i in ids} for checksum, r in frames.items()
    }
    sources = {
        t: {
            i: [checksums[old][int(i)] for old in carried_from if old in checksums]
            for i in settings["confidence"].get(t, {})
            if int(i) in ids
        }
        for t, carried_from in settings.get("sources", {}).items()
    }
    return {**settings, "references": dict.fromkeys(references, ids), "sources": sources}
