"""Everything that undo has to bring back."""


def state(annotation):
    return (
        annotation.objects,
        dict(annotation.references),
        {t: annotation.mask_bytes(t) for t in annotation.frames()},
        {t: annotation.all_confidence(t) for t in range(annotation.length)},
        {t: annotation.all_sources(t) for t in range(annotation.length)},
        {
            (t, object_id): annotation.outline(t, object_id)
            for t in range(annotation.length)
            for object_id in annotation.outlines(t) or ()
            if annotation.outline(t, object_id) is not None
        },
    )
