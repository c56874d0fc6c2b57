"""What coordinators decide about answers that need them: confirm, refuse with a reason, ask something."""

from __future__ import annotations

from bot.forms.around import Around
from bot.forms.definition import Definition
from bot.forms.identities import is_delegation, name_in
from bot.forms.path import steps
from bot.forms.session import MORE, name_of
from bot.texts import dates
from bot.texts.form_button import SENT
from bot.texts.form_values import heading_of, shown
from bot.texts.layout import lines, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html
from storage.submissions import Submission

SCREEN = "fd"


def to_decide(
    voice: Voice,
    definition: Definition,
    one: Submission,
    around: Around,
    *,
    twice: Html | None = None,
    files: Rows = (),
) -> Reply:
    """Render an answer, or the change of one, that waits for a coordinator.

    ``twice`` says who of it is named in others too, ``files`` are the buttons that bring its files.
    """
    heading = voice.say(
        "forms.decide.change" if one.proposed is not None else "forms.decide.new",
        title=voice.text(definition.form.title),
        who=who(voice, definition, one, around),
        reference=one.reference,
    )
    told = paragraphs(heading, twice, answers(voice, definition, one, around))
    return Reply(
        told,
        (
            (
                Button(voice.label("forms.decide.confirm"), _tap(one, "yes")),
                Button(voice.label("forms.decide.refuse"), _tap(one, "no")),
            ),
            (Button(voice.label("forms.decide.ask"), _tap(one, "ask")),),
            *files,
        ),
        place="new",
    )


def _tap(one: Submission, action: str) -> Tap:
    return Tap.to(SCREEN, one.id, one.version, action)


def who(voice: Voice, definition: Definition, one: Submission, around: Around) -> Html:
    """Return whose an answer is: name and city."""
    person = next((each for each in around.people() if each.code == one.person), None)
    place = next((each for each in around.organisations() if each.code == one.organisation), None)
    name = person.name if person else name_in(definition, one.answers, 1 if is_delegation(definition) else 0)
    parts = [part for part in (name, voice.text(place.name) if place else one.organisation) if part]
    return voice.joined(parts) if parts else voice.say("forms.somebody")


def answers(voice: Voice, definition: Definition, one: Submission, around: Around) -> Html:
    """Return the answers, a line each; where a change is proposed, what it changes."""
    new = one.proposed if one.proposed is not None else one.answers
    told = []
    number = 0
    for key, field in steps(definition, new):
        if key not in new or name_of(key) == MORE or (field is not None and not field.is_asked):
            continue
        number += 1
        value = shown(voice, field, new[key], around)
        before = one.answers.get(key)
        if one.proposed is not None and before == new[key]:
            continue
        if one.proposed is not None:
            value = voice.say("forms.decide.from_to", before=shown(voice, field, before, around), after=value)
        told.append(
            voice.say(
                "forms.line", number=dates.number(voice, number), label=heading_of(voice, definition, key), value=value
            )
        )
    return lines(*told)


def reason_wanted(voice: Voice, definition: Definition, one: Submission, *, refusing: bool) -> Reply:
    """Ask for the reason of a refusal, or for the question."""
    key = "forms.decide.reason" if refusing else "forms.decide.question"
    cancel = Button(voice.label("forms.decide.cancel"), _tap(one, "show"))
    return Reply(
        voice.say(key, title=voice.text(definition.form.title), reference=one.reference), ((cancel,),), place="new"
    )


def decided(voice: Voice, definition: Definition, one: Submission, *, outcome: str) -> Reply:
    """Say what was decided: ``outcome`` ends the key of its sentence."""
    return Reply(
        voice.say(f"forms.decided.{outcome}", title=voice.text(definition.form.title), reference=one.reference)
    )


def question_to_sender(voice: Voice, definition: Definition, one: Submission, text: str) -> Reply:
    """Render a coordinator's question to whoever sent an answer."""
    told = voice.say("forms.question_from", title=voice.text(definition.form.title), reference=one.reference, text=text)
    change = Button(voice.label("forms.change"), Tap.to(SENT, one.id, one.version, "change"))
    return Reply(told, ((change,), (Button(voice.label("forms.coordination"), Tap.to("cs")),)))
