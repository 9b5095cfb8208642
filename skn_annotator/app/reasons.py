"""Why a frame deserves a look, in words: what happened to an object's mask on the way to it."""

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.area_changes import area_change
from skn_annotator.app.language import tr
from skn_annotator.app.review import least_sure


def reason_to_check(annotation: Annotation, t: int) -> str:
    """The object that frame `t` deserves a look for, what happened to it, and how sure the network is: as in
    "cup: a part of 8 % of the object is gone since frame 46, 61 % certain"."""
    object_id, sure = least_sure(annotation, t)
    name = next(o.name for o in annotation.objects if o.id == object_id)
    if object_id not in annotation.ids_at(t):
        text = tr("not found here")
    else:
        change = change_in_words(annotation, t, object_id)
        text = ", ".join(part for part in (change, tr("{n:.0f} % certain").format(n=100 * sure)) if part)
    return f"{name}: {text}"


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
