"""Notice: a sentence for the user, which any part of the session may emit."""

from collections.abc import Callable
from dataclasses import dataclass

from skn_annotator.app.language import message_text
from skn_annotator.errors import SknError


@dataclass(frozen=True)
class Offer:
    """A button beside a sentence: what is written on it, and what it does."""

    text: str
    do: Callable[[], None]


@dataclass(frozen=True)
class Notice:
    """A sentence for the user; an error, and one that `stays`, is shown until the user closes it.

    `holds`: False once what it says is not so any more, or what it offers is done or cannot be done: it goes
    then. An offer needs one.
    """

    text: str
    is_error: bool = False
    stays: bool = False
    offer: Offer | None = None
    holds: Callable[[], bool] | None = None

    def __post_init__(self) -> None:
        assert self.offer is None or self.holds is not None, "an offer ends"

    @property
    def is_outdated(self) -> bool:
        """True once it does not hold any more."""
        return self.holds is not None and not self.holds()


def notice_of(error: Exception) -> Notice:
    """What to tell the user of an `SknError`; any other error is a bug and is raised."""
    if not isinstance(error, SknError):
        raise error
    return Notice(message_text(error), is_error=True)
