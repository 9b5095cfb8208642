"""Everything that undo has to bring back."""


def state(annotation):
    return (
        annotation.objects,
        dict(annotation.references),
        {t: annotation.mask_bytes(t) for t in annotation.frames()},
        {t: annotation.confidence(t) for t in range(annotation.length)},
        {t: annotation.sources(t) for t in range(annotation.length)},
        {t: annotation.outlines(t) for t in range(annotation.length)},
    )
