"""A tracker for commands that need no network."""

from fakes import order_of, origins, visits

from skn_annotator.inference.step import Step


class StandStill:
    """A tracker for which nothing moves: each frame has the mask of the one before."""

    device = "cpu"

    def __init__(self, stop_after=None):
        self.orders = []
        self.stop_after = stop_after

    def propagate(self, frames, references, plan):
        self.orders.append(list(order_of(plan)))
        mask = None
        for n, (stretch, t) in enumerate(visits(plan)):
            if n == self.stop_after:
                raise KeyboardInterrupt
            assert frames[t].shape == (*frames.size, 3)
            mask = references.get(t, mask)
            ids = sorted(stretch.carried_at(t))
            came = {} if t in references else origins(plan, stretch, t, ids)
            yield Step(t, mask, dict.fromkeys(ids, 1.0), None, (), 0, t in references, came)
