"""What becomes of the pixels that an object has, by the action of the table that chooses it."""

from skn_annotator.app.tasks.assistant import Combination

COMBINATIONS = {
    "add": Combination.ADD,
    "replace": Combination.REPLACE,
    "intersect": Combination.INTERSECT,
}
"""The actions that choose how outlines, boxes and clicks are combined with what is there."""
