"""Whatever is edited in whatever order: what passes noted stays true to the masks and the objects."""

import random

import numpy as np
import pytest
from states import state

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.history import History
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.project import Project
from skn_annotator.annotation.remapping import deleting, exchanging, merging
from skn_annotator.annotation.stale import StaleMasks

LENGTH, SIZE = 8, (24, 32)


class Editor:
    """Edits at random, remembered for undo."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.annotation, self.history = Annotation(SIZE, LENGTH), History()
        self.stale = StaleMasks(self.annotation)

    def do(self, edit):
        if not edit.is_empty:
            self.apply(edit)
            self.history.push(edit)

    def apply(self, edit):
        self.annotation.apply(edit)
        self.stale.update(edit.frames)

    def objects(self, count):
        while len(self.annotation.objects) < count:
            self.do(edits.add_object(self.annotation))
        return self.chance.sample([o.id for o in self.annotation.objects], count)

    def frame(self):
        return self.chance.randrange(LENGTH)

    def carry(self):
        """A pass as good as any: each object as its nearest reference shows it, or not found."""
        annotation, made = self.annotation, []
        references = {}
        for t, ids in sorted(annotation.references.items()):
            for i in ids:
                references.setdefault(i, []).append(t)
        for t in range(LENGTH):
            carried = references.keys() - annotation.decided(t)
            mask = np.zeros(SIZE, np.uint8) if annotation.mask(t) is None else annotation.mask(t).copy()
            mask[np.isin(mask, [*carried])] = 0
            sources = {}
            for i in carried:
                near = [r for r in references[i] if r < t][-1:] + [r for r in references[i] if r > t][:1]
                sources[i] = frozenset(annotation.checksum(r, i) for r in near)
                if self.chance.random() < 0.8:
                    mask[(annotation.mask(near[0]) == i) & (mask == 0)] = i
            if carried:
                sure = {i: self.chance.choice((0.3, 0.6, 0.9)) for i in carried}
                step = edits.CarriedMask(t, encode_mask(mask), sure, sources)
                made.append(edits.propagated(annotation, step, "Propagate"))
                self.apply(made[-1])
        if made:
            self.history.push(edits.joined("Propagate", made))

    def paint(self):
        """A box, a touch, or another object's place; then an exchange if it is offered."""
        (i,), t, chance = self.objects(1), self.frame(), self.chance
        old = self.annotation.mask(t)
        mask = np.zeros(SIZE, np.uint8) if old is None else old.copy()
        others = sorted(self.annotation.ids_at(t) - {i})
        if others and chance.random() < 0.5:
            if chance.random() < 0.5:
                mask[mask == i] = 0
            mask[old == chance.choice(others)] = i
        else:
            y, x = chance.randrange(20), chance.randrange(28)
            side = chance.choice((1, 6))
            mask[y : y + side, x : x + side] = chance.choice((0, i, i))
        made = edits.painting(self.annotation, t, mask, i, "Brush")
        self.do(made.edit)
        if made.maybe is not None:
            self.do(edits.give_place(self.annotation, t, i, made.maybe, made.before))
            assert {i, made.maybe} <= self.annotation.decided(t)

    def step(self):
        annotation, t, later = self.annotation, self.frame(), range(self.frame(), LENGTH)
        self.chance.choice(
            [
                *[self.paint] * 6,
                *[self.carry] * 4,
                *[lambda: self.do(edits.decide_all(annotation, [t]))] * 3,
                *[lambda: self.do(edits.undecide(annotation, [t]))] * 3,
                lambda: self.do(edits.declare_absent(annotation, t, *self.objects(1))),
                lambda: self.do(edits.clear_frame(annotation, t)),
                lambda: self.do(merging(annotation, *self.objects(2)).edit(annotation)),
                lambda: self.do(exchanging(annotation, *self.objects(2), later).edit(annotation)),
                lambda: self.do(deleting(annotation, *self.objects(1)).edit(annotation)),
                lambda: self.do(deleting(annotation, *self.objects(1), later).edit(annotation)),
                self.undo,
            ]
        )()

    def undo(self):
        if (edit := self.history.undo()) is not None:
            self.apply(edit)
        return edit is not None


def check(editor):
    annotation = editor.annotation
    known = {o.id for o in annotation.objects}
    for t in range(LENGTH):
        sure, sources = annotation.all_confidence(t) or {}, annotation.all_sources(t) or {}
        assert sure.keys() == sources.keys()
        assert sure.keys() | annotation.decided(t) | annotation.ids_at(t) <= known
        assert annotation.mask(t) is not None or not sure.keys() | annotation.decided(t)
    anew = StaleMasks(annotation)
    assert [anew.at(t) for t in range(LENGTH)] == [editor.stale.at(t) for t in range(LENGTH)]


@pytest.mark.parametrize("seed", range(8))
def test_notes_of_passes_fit_the_masks_after_any_edits_undo_and_saving(tmp_path, seed):
    editor = Editor(seed)
    beginning = state(editor.annotation)
    for _ in range(60):
        editor.step()
        check(editor)
    end, video = state(editor.annotation), tmp_path / "clip.mp4"
    video.touch()
    project = Project.create(tmp_path / "clip.skn", video, SIZE, LENGTH)
    project.save(editor.annotation, range(LENGTH), {})
    saved = Project.open(tmp_path / "clip.skn").load(video, SIZE, LENGTH)
    assert not saved.warnings and state(saved.annotation) == end
    undone = 0
    while editor.undo():
        undone += 1
    assert state(editor.annotation) == beginning
    for _ in range(undone):
        editor.apply(editor.history.redo())
    assert state(editor.annotation) == end
