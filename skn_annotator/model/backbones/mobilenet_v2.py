"""MobileNetV2 1.0 (Sandler et al., CVPR 2018, table 2): a trunk for machines without a GPU."""

from skn_annotator.model.backbones.inverted_residual import InvertedResidualTrunk, StageShape

_STAGES = (
    StageShape(1, 16, 1, 1),
    StageShape(6, 24, 2, 2),
    StageShape(6, 32, 3, 2),
    StageShape(6, 64, 4, 2),
    StageShape(6, 96, 3, 1),
)
_DEEP_STAGES = (StageShape(6, 160, 3, 2), StageShape(6, 320, 1, 1))


def mobilenet_v2(deep: bool = False) -> InvertedResidualTrunk:
    """Features of 24, 32 and 96 channels; `deep`: with the stages at stride 32. It expects RGB in [-1, 1]."""
    return InvertedResidualTrunk(
        stages=_STAGES, deep_stages=_DEEP_STAGES if deep else (), taps=(1, 2, 4), scale=2.0, offset=-1.0
    )
