"""Which pass of propagation each action of the table starts."""

from skn_annotator.app.tasks import Direction

PASSES = {
    "forward": Direction.FORWARD,
    "backward": Direction.BACKWARD,
    "both": Direction.BOTH,
    "to_end": Direction.TO_END,
    "to_start": Direction.TO_START,
    "everywhere": Direction.EVERYWHERE,
    "one_on": Direction.ONE_ON,
    "one_back": Direction.ONE_BACK,
    "range": Direction.RANGE,
    "renew": Direction.STALE,
}
"""The actions that start a pass."""
