"""Where a reader stands with a form: whether it is open to them, what they have begun, what they have sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.forms.around import Around
from bot.forms.definition import Definition
from bot.forms.session import Session
from bot.network.audiences import Reader
from bot.network.forms import Form
from storage.drafts import Draft
from storage.submissions import OPEN, Submission

Opening = Literal["open", "not_yet", "closed"]


@dataclass(frozen=True)
class Standing:
    """A reader and a form."""

    definition: Definition
    around: Around
    opening: Opening
    draft: Draft | None = None
    session: Session | None = None
    """What was begun, under the definition as it is now."""
    submission: Submission | None = None
    """What was sent, by the reader or for the reader's city, whatever became of it."""
    renewed: bool = False
    """Whether the definition has changed since the last answer."""
    has_answered: bool = False
    """Whether the reader has answered an anonymous form."""

    @property
    def form(self) -> Form:
        """The form."""
        return self.definition.form

    @property
    def is_sent(self) -> bool:
        """Whether something was sent that counts."""
        return self.has_answered or (self.submission is not None and self.submission.state in OPEN)


def opening(form: Form, now: datetime) -> Opening:
    """Say whether answers are taken at ``now``; the last second counts by the form's own clock."""
    if form.opens is not None and now < form.opens:
        return "not_yet"
    return "closed" if form.closes is not None and now >= form.closes else "open"


def changes_freely(form: Form, now: datetime) -> bool:
    """Whether what was sent can still be changed without asking."""
    until = form.change_until or form.closes
    return until is None or now < until


def draft_owner(reader: Reader) -> str:
    """Return whose a draft is: the person's on every device, or the account's where the network knows nobody."""
    return f"p:{reader.person}" if reader.person else f"a:{reader.account}"


def submission_owner(form: Form, reader: Reader) -> str | None:
    """Return whose a submission is; None where everybody may send many."""
    if form.answers == "many":
        return None
    return f"o:{reader.organisation}" if form.answers == "one_per_city" else draft_owner(reader)
