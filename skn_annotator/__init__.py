"""SKN Annotator: paint objects on one frame of a video, a space-time-memory network carries the masks on.

For scripts, in the order of their use:

    open_frames(path)               the frames of a video file or of a folder of pictures
    read_masks(path, frames)        frame number -> id map, of a PNG, a folder of them, or a data set
    select(image, box, points)      the mask of one object of a picture, of a box and points
    load_network(path, device)      a checkpoint's network; the bundled one without a path
    propagate(frames, masks)        carries the masks through the frames: an iterator of `Step`
    write_masks(place, masks, frames, format)   writes them in one of the export formats
    evaluate(truth, results)        J, F and J&F, as the DAVIS benchmark defines them: `Scores`

What the user can act on is raised as `SknError`. These names, what they take and what they return follow
semantic versions (CHANGELOG.md); all else in this package may change with any version. Nothing heavy is
loaded before it is used (PEP 562), not even `typing`: the commands begin here, and Ctrl-C may come already.
"""

TYPE_CHECKING = False  # type checkers take it for true, by its name
if TYPE_CHECKING:
    from skn_annotator.api.mask_files import read_masks, write_masks
    from skn_annotator.api.propagate import propagate
    from skn_annotator.api.select import select
    from skn_annotator.errors import SknError
    from skn_annotator.evaluation.evaluate import Scores, evaluate
    from skn_annotator.inference.step import Step
    from skn_annotator.model.checkpoints import load_network
    from skn_annotator.video.frames import FrameSource, open_frames

__version__ = "0.2.0"

__all__ = [
    "FrameSource",
    "Scores",
    "SknError",
    "Step",
    "__version__",
    "evaluate",
    "load_network",
    "open_frames",
    "propagate",
    "read_masks",
    "select",
    "write_masks",
]

_MODULES = {
    "FrameSource": "video.frames",
    "Scores": "evaluation.evaluate",
    "SknError": "errors",
    "Step": "inference.step",
    "evaluate": "evaluation.evaluate",
    "load_network": "model.checkpoints",
    "open_frames": "video.frames",
    "propagate": "api.propagate",
    "read_masks": "api.mask_files",
    "select": "api.select",
    "write_masks": "api.mask_files",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
