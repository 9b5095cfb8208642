"""Pictures with masks, written as data sets have them."""

from PIL import Image

from skn_annotator.palette import DAVIS_PALETTE


def write(image_path, mask_path, image, mask):
    """`image` as JPEG or PNG, `mask` (object ids) as palette PNG; the folders are made."""
    for path in (image_path, mask_path):
        path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image).save(image_path, quality=95)
    picture = Image.fromarray(mask)
    picture.putpalette(DAVIS_PALETTE.tobytes())
    picture.save(mask_path)
