"""States of passes for tests: with a memory that holds nothing yet."""

from skn_annotator.inference.memory_bank import BankSettings, MemoryBank
from skn_annotator.inference.pass_state import PassState
from skn_annotator.inference.plans import Plan, Stretch


def state_of(ids, whole, *, given=None, masks=None, look_alikes=()):
    """A pass of the objects `ids` over frames that `whole` shows; `given`, `masks`: of frames, by number."""
    return PassState(
        ids,
        Plan((), given or {}),
        masks=masks or {},
        shown=given or {},
        whole=whole,
        bank=MemoryBank(BankSettings()),
        scattered=(),
        apart=(),
        look_alikes=look_alikes,
        pictures={},
    )


def going_state(whole, look_alikes=()):
    """A pass of the objects 3 and 7 that goes from frame 0 to frame 8."""
    state = state_of((3, 7), whole, look_alikes=look_alikes)
    state.begin_stretch(Stretch(0, range(1, 9)))
    return state
