"""Why a frame deserves a look, in words: what happened to an object's mask, and what speaks against it."""

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.area_changes import area_change
from skn_annotator.app.language import tr
from skn_annotator.app.review import Suggestion
from skn_annotator.inference.step import Doubt

SURE = 0.75
"""From this confidence on the timeline's curve is green, and doubts of a mask are not named unasked."""

_ALMOST_ALL = 0.95
"""A part of such a share and more is no part any more."""
_MANY_TIMES = 3
"""From this ratio of two areas on, how many times is plainer than how many per cent."""


def reason_to_check(annotation: Annotation, suggested: Suggestion, doubt: Doubt | None = None) -> str:
    """The object that a frame deserves a look for, what happened to it and what is in `doubt`, how sure the
    network is, and on which frames besides: as in "cup: a part of 8 % of the object is gone since frame 46,
    it is unclear where it ends, 61 % certain, much the same on frames 44-60".

    Who asks is given the doubt, however sure the network is: it is why this frame was chosen."""
    t, object_id = suggested.t, suggested.object_id
    name = next(o.name for o in annotation.objects if o.id == object_id)
    if object_id not in annotation.ids_at(t):
        return f"{name}: " + absence_in_words(annotation, t, object_id)
    sure = (annotation.confidence(t) or {}).get(object_id, 0.0)
    parts = [*_in_words(annotation, t, object_id, doubt), tr("{n:.0f} % certain").format(n=100 * sure)]
    if suggested.first < suggested.last:
        alike = tr("much the same on frames {first}-{last}")
        parts.append(alike.format(first=suggested.first + 1, last=suggested.last + 1))
    return f"{name}: " + ", ".join(parts)


def absence_in_words(annotation: Annotation, t: int, object_id: int) -> str:
    """Of an object that a pass did not find on frame `t`: a high confidence says that it left the frame."""
    if (annotation.confidence(t) or {}).get(object_id, 0.0) > 0.5:
        return tr("not found here: it left the frame")
    return tr("not found here")


def reasons(annotation: Annotation, t: int, object_id: int, doubt: Doubt | None = None) -> list[str]:
    """Why an object deserves a look on frame `t`: the last change of its area on the way there, and, if the
    network is not `SURE` of it, what is in `doubt`; empty where there is neither."""
    sure = (annotation.confidence(t) or {}).get(object_id, 1.0)
    return _in_words(annotation, t, object_id, doubt if sure < SURE else None)


def _in_words(annotation: Annotation, t: int, object_id: int, doubt: Doubt | None) -> list[str]:
    found = [_change_in_words(annotation, t, object_id), "" if doubt is None else _doubt_in_words(doubt)]
    return [text for text in found if text]


def _change_in_words(annotation: Annotation, t: int, object_id: int) -> str:
    change = area_change(annotation, t, object_id)
    if change is None:
        return ""
    text = {
        "part": tr("a part of {n:.0f} % of the object is gone since frame {t}"),
        "jumped": tr("it jumped to another place at frame {t}"),
        "shrank": tr("it shrank by {n:.0f} % at frame {t}"),
        "grew": tr("it grew by {n:.0f} % at frame {t}"),
    }[change.kind]
    if change.kind == "part" and change.share >= _ALMOST_ALL:
        text = tr("almost all of the object is gone since frame {t}")
    if change.kind == "grew" and change.share >= _MANY_TIMES - 1:
        return tr("it grew to {n:.0f} times its size at frame {t}").format(n=change.share + 1, t=change.t + 1)
    return text.format(n=100 * change.share, t=change.t + 1)


def _doubt_in_words(doubt: Doubt) -> str:
    return {
        Doubt.UNCLEAR: tr("it is unclear where it ends"),
        Doubt.MATCHED_ELSEWHERE: tr("what was memorized of it matches places outside of it"),
        Doubt.REFERENCES_ELSEWHERE: tr("its references match places outside of it"),
        Doubt.NOT_RECALLED: tr("its references alone find something else here"),
        Doubt.AT_BORDER: tr("the frame's border cuts it"),
        Doubt.EXCHANGED: tr("it may have changed places with one that looks like it"),
    }[doubt]
