"""The backbones by the names that `SKNConfig.backbone` calls them.

A new one is a module beside this one, whose class derives from `Backbone`, a line in `BACKBONES` and a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from skn_annotator.model.backbones.backbone import Backbone
from skn_annotator.model.backbones.efficientnet_lite import efficientnet_lite0, efficientnet_lite2
from skn_annotator.model.backbones.mobilenet_v2 import mobilenet_v2
from skn_annotator.model.backbones.resnest import resnest101
from skn_annotator.model.backbones.resnet import resnet50


@dataclass(frozen=True, kw_only=True)
class BackboneKind:
    """How to build one with fresh weights."""

    query: Callable[[], Backbone]
    """For the query encoder: it sees the frame alone."""
    memory: Callable[[], Backbone] | None = None
    """For a memory encoder whose keys see the masks: its forward also takes masks (B, 2, H, W), the object's
    and the union of the others'. None: it has no such variant, and needs `SKNConfig.shared_keys`."""


BACKBONES: Mapping[str, BackboneKind] = {
    "compact": BackboneKind(query=mobilenet_v2),
    "compact32": BackboneKind(query=partial(mobilenet_v2, deep=True)),
    "efficientnet_lite0": BackboneKind(query=efficientnet_lite0),
    "efficientnet_lite2": BackboneKind(query=efficientnet_lite2),
    "resnet50": BackboneKind(query=resnet50, memory=partial(resnet50, with_masks=True)),
    "resnest101": BackboneKind(query=resnest101, memory=partial(resnest101, with_masks=True)),
}


def backbone_kind(name: str) -> BackboneKind:
    """Raises ValueError that lists the names there are."""
    if name not in BACKBONES:
        raise ValueError(f"there is no backbone {name!r}; there are: {', '.join(BACKBONES)}")
    return BACKBONES[name]
