"""The kinds of data sets by the names that a stage file calls them, and how it says where one lies."""

from dataclasses import dataclass
from pathlib import Path

from skn_annotator.errors import FormatError
from skn_annotator.training.datasets.coco_instances import Coco
from skn_annotator.training.datasets.folders import Davis, Sequences, Stills, YouTubeVos
from skn_annotator.training.datasets.pictures import Dataset

KINDS: dict[str, type[Dataset]] = {
    "stills": Stills,
    "coco": Coco,
    "sequences": Sequences,
    "bl30k": Sequences,
    "davis": Davis,
    "youtube_vos": YouTubeVos,
}


@dataclass(frozen=True, kw_only=True)
class DataSource:
    """A data set: `kind` as in `KINDS`, `path` below the data root."""

    kind: str
    path: str
    subset: str | None = None
    """Which part of it, for the kinds that have parts; None: the kind's default."""
    resolution: str | None = None
    """Of DAVIS 2017."""
    cut_mattes: bool = False
    """Whether masks with soft edges are cut at one half instead of being refused."""

    def check(self) -> None:
        """Raises FormatError if there is no such kind, or it has no such option."""
        if self.kind not in KINDS:
            raise FormatError(f"kind is one of: {', '.join(KINDS)}; not {self.kind!r}")
        for option in self._options.keys() - KINDS[self.kind].options.keys():
            raise FormatError(f"data of kind {self.kind!r} has no {option}")

    def open(self, root: Path) -> Dataset:
        """The data set below `root`. Raises FormatError if it is not as its kind expects."""
        return KINDS[self.kind](root / self.path, self.cut_mattes, **self._options)

    @property
    def _options(self) -> dict[str, str]:
        given = {"subset": self.subset, "resolution": self.resolution}
        return {name: value for name, value in given.items() if value is not None}
