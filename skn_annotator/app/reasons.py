"""Why a frame deserves a look, in words: what happened to an object's mask on the way to it."""

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.area_changes import area_change
from skn_annotator.app.language import tr
from skn_annotator.app.review import Suggestion


def reason_to_check(annotation: Annotation, suggested: Suggestion) -> str:
    """The object that a frame deserves a look for, what happened to it, how sure the network is, and on which
    frames besides: as in "cup: a part of 8 % of the object is gone since frame 46, 61 % certain, much the
    same on frames 44-60"."""
    t, object_id = suggested.t, suggested.object_id
    name = next(o.name for o in annotation.objects if o.id == object_id)
    if object_id not in annotation.ids_at(t):
        return f"{name}: " + tr("not found here")
    sure = (annotation.confidence(t) or {}).get(object_id, 0.0)
    parts = [change_in_words(annotation, t, object_id), tr("{n:.0f} % certain").format(n=100 * sure)]
    if suggested.first < suggested.last:
        alike = tr("much the same on frames {first}-{last}")
        parts.append(alike.format(first=suggested.first + 1, last=suggested.last + 1))
    return f"{name}: " + ", ".join(part for part in parts if part)


def change_in_words(annotation: Annotation, t: int, object_id: int) -> str:
    """The last change of the object's area on the way to frame `t`; empty where there is none."""
    change = area_change(annotation, t, object_id)
    if change is None:
        return ""
    text = {
        "part": tr("a part of {n:.0f} % of the object is gone since frame {t}"),
        "shrank": tr("it shrank by {n:.0f} % at frame {t}"),
        "grew": tr("it grew by {n:.0f} % at frame {t}"),
    }[change.kind]
    return text.format(n=100 * change.share, t=change.t + 1)
