"""EfficientNet-Lite 0 and 2 up to stride 32: EfficientNet (Tan and Le, ICML 2019) for small machines.

TensorFlow's variant of 2020: no squeeze-and-excitation, ReLU6 instead of swish, a stem of fixed width. Beside
MobileNetV2 it has more layers at stride 16 and kernels of 5, and its ImageNet weights are better (top-1 75.1
and 77.6 per cent against 71.8).
"""

from skn_annotator.model.backbones.inverted_residual import InvertedResidualTrunk, StageShape

# (expansion, outputs, repeats, stride, kernel)
_LITE0 = (
    StageShape(1, 16, 1, 1, 3),
    StageShape(6, 24, 2, 2, 3),
    StageShape(6, 40, 2, 2, 5),
    StageShape(6, 80, 3, 2, 3),
    StageShape(6, 112, 3, 1, 5),
    StageShape(6, 192, 4, 2, 5),
    StageShape(6, 320, 1, 1, 3),
)
_LITE2 = (
    StageShape(1, 16, 1, 1, 3),
    StageShape(6, 24, 3, 2, 3),
    StageShape(6, 48, 3, 2, 5),
    StageShape(6, 88, 4, 2, 3),
    StageShape(6, 120, 4, 1, 5),
    StageShape(6, 208, 5, 2, 5),
    StageShape(6, 352, 1, 1, 3),
)
_DEEP = 5  # the first stage at stride 32


def efficientnet_lite0() -> InvertedResidualTrunk:
    """Features of 24, 40 and 112 channels."""
    return _trunk(_LITE0)


def efficientnet_lite2() -> InvertedResidualTrunk:
    """Features of 24, 48 and 120 channels."""
    return _trunk(_LITE2)


def _trunk(stages: tuple[StageShape, ...]) -> InvertedResidualTrunk:
    """It expects (255 x - 127) / 128 of a frame x in [0, 1]."""
    return InvertedResidualTrunk(
        stages=stages[:_DEEP],
        deep_stages=stages[_DEEP:],
        taps=(1, 2, 4),
        scale=255 / 128,
        offset=-127 / 128,
    )
