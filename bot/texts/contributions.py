"""What somebody gives to the watch, while it is made: what is asked, what resembles it, the card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.network.languages import LANGUAGES, Language
from bot.network.records import Organisation, Theme
from bot.texts import dates
from bot.texts.cut import shorten
from bot.texts.layout import in_rows, labelled, lines, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from bot.watch.contribution import KINDS, NO_THEME, Contribution, Given
from bot.watch.duplicates import Twin
from locales import Html, escape

SCREEN = "gv"
"""A contribution while it is made or edited."""
_BODY = 900
_TITLE = 90
_PLACES = 12
"""Cities a page."""
_SHOWN = 3
"""What resembles it is shown so often at most."""
Names = Mapping[str, str]
"""What organisations and themes are called, by ``city:code`` and ``theme:code``."""


def tap(one: Given, step: str = "", *more: object) -> Tap:
    """Return the tap that goes on with a contribution."""
    return Tap.to(SCREEN, one.id, step, *more)


def first(voice: Voice) -> Reply:
    """Ask for what is to be given."""
    past = Button(voice.label("issue.past_button"), Tap.to("gp"))
    return Reply(voice.say("give.first"), ((past,), (_leave(voice),)))


def ask_words(voice: Voice, one: Given, language: Language | None = None, *, first: bool = False) -> Reply:
    """Ask for the words: what the link, picture or file is about; or the text in a language."""
    if language is None:
        text = voice.say("give.words_of_file" if one.content.file else "give.words_of_link")
        return Reply(text, _ways_out(voice, one, begun=first))
    present = one.content.texts.get(language)
    shown = lines(voice.say("give.present_text"), escape(present)) if present else None
    asks = voice.say("give.words_in", language=voice.say(f"language.{language}"))
    return Reply(paragraphs(asks, shown), ((_back(voice, one),),))


def ask_kind(voice: Voice, one: Given, *, first: bool = False) -> Reply:
    """Ask whether it is an event or news."""
    buttons = tuple(Button(voice.label(f"give.kind.{kind}"), tap(one, "kindis", kind)) for kind in KINDS)
    return _asking(voice, one, "give.which_kind", (buttons,), begun=first)


def ask_day(voice: Voice, one: Given, *, first: bool = False, again: bool = False) -> Reply:
    """Ask for the day of an event."""
    return _asking(voice, one, "give.which_day_again" if again else "give.which_day", (), begun=first)


def ask_theme(voice: Voice, one: Given, themes: Iterable[Theme], *, first: bool = False) -> Reply:
    """Ask for the theme."""
    buttons = [Button(voice.title(theme.name, 28), tap(one, "themeis", theme.id)) for theme in themes]
    everybody = Button(voice.label("give.all_themes"), tap(one, "themeis", NO_THEME))
    return _asking(voice, one, "give.which_theme", (*in_rows(buttons, 2), (everybody,)), begun=first)


def ask_city(voice: Voice, one: Given, places: Sequence[Organisation], page: int) -> Reply:
    """Ask for the city."""
    pages = -(-len(places) // _PLACES)
    page = min(max(page, 0), max(pages - 1, 0))
    shown = places[page * _PLACES : (page + 1) * _PLACES]
    buttons = in_rows((Button(voice.title(place.name, 28), tap(one, "cityis", place.id)) for place in shown), 2)
    turn = pager(voice, page, pages, lambda number: tap(one, "city", number))
    text = paragraphs(voice.say("give.which_city"), page_line(voice, page, pages))
    return Reply(text, tuple(row for row in (*buttons, turn, (_back(voice, one),)) if row))


def resembling(voice: Voice, one: Given, found: Sequence[Twin]) -> Reply:
    """Show what resembles it, before it is sent."""
    rows = (
        (Button(voice.label("give.is_the_same"), tap(one, "drop")),),
        (Button(voice.label("give.is_another"), tap(one, "differs")),),
    )
    return Reply(paragraphs(voice.say("give.resembles"), twin_lines(voice, found)), rows)


def card(voice: Voice, one: Given, names: Names) -> Reply:
    """Show the whole before it is sent, with everything that can be changed."""
    send = Button(voice.label("give.send"), tap(one, "send"))
    drop = Button(voice.label("give.drop"), tap(one, "drop"))
    text = paragraphs(voice.say("give.card_heading"), facts(voice, one.content, names), voice.say("give.card_after"))
    return Reply(text, ((send,), *changes(voice, one), (drop,)))


def changes(voice: Voice, one: Given, languages: Iterable[Language] = ()) -> Rows:
    """Return the buttons by which parts are changed; the text in these languages too."""
    content = one.content
    parts = ["kind", *(["day"] if content.kind == "event" else []), "city", "theme"]
    rows = in_rows((Button(voice.label(f"give.change_{part}"), tap(one, part)) for part in parts), 2)
    in_languages = [
        Button(
            voice.label(
                "give.text_there" if code in content.texts else "give.text_missing",
                language=voice.say(f"language.{code}"),
            ),
            tap(one, "words", code),
        )
        for code in (languages or (content.source,))
    ]
    return (*in_rows(in_languages, 2), *rows)


def every_language(voice: Voice, one: Given) -> Reply:
    """Render what a coordinator may change: its text in each language too."""
    rows = (*changes(voice, one, LANGUAGES), (_back(voice, one),))
    return Reply(voice.say("give.edit_heading", title=shorten(one.content.title(voice.language), _TITLE)), rows)


def facts(voice: Voice, one: Contribution, names: Names) -> Html:
    """Return what it says: its words in the reader's language if they are there, and every fact."""
    text, language = one.text(voice.language)
    title, _, body = text.strip().partition("\n")
    note = None
    if language != voice.language:
        note = voice.say("give.written_in", language=voice.say(f"language.{language}"))
    theme = names.get(f"theme:{one.theme}") or voice.label("give.all_themes")
    return paragraphs(
        lines(
            Html(f"<b>{escape(shorten(title, 300))}</b>"),
            escape(shorten(body, _BODY)) if body.strip() else None,
        ),
        lines(
            labelled(voice, "give.label.kind", voice.say(f"give.kind.{one.kind}")) if one.kind else None,
            labelled(voice, "give.label.day", dates.days(voice, one.first, one.last or one.first))
            if one.first
            else None,
            labelled(voice, "give.label.city", names.get(f"city:{one.city}", one.city)) if one.city else None,
            labelled(voice, "give.label.theme", theme) if one.theme else None,
            labelled(voice, "give.label.link", one.link) if one.link else None,
            labelled(voice, "give.label.file", shorten(one.file.name, 60)) if one.file else None,
            note,
        ),
    )


def twin_lines(voice: Voice, found: Sequence[Twin]) -> Html:
    """Return a line for each thing that resembles it."""
    shown = []
    for twin in found[:_SHOWN]:
        kind = voice.say(f"give.known_{twin.key.partition(':')[0]}")
        day = dates.day(voice, twin.day) if twin.day else None
        details = voice.joined(part for part in (kind, day) if part)
        shown.append(voice.say("give.twin", title=voice.text(twin.titles), details=details))
    return lines(*shown)


def sent(voice: Voice) -> Reply:
    """Say that it is on its way to the coordination."""
    return Reply(voice.say("give.sent"), ((Button(voice.label("give.another"), Tap.to(SCREEN, 0, "first")),),))


def dropped(voice: Voice) -> Reply:
    """Say that nothing was kept."""
    return Reply(voice.say("give.dropped"))


def _asking(voice: Voice, one: Given, key: str, rows: Rows, *, begun: bool) -> Reply:
    heading = None
    if begun:
        title = shorten(one.content.title(voice.language), _TITLE)
        heading = voice.say("give.taken", title=title)
    return Reply(paragraphs(heading, voice.say(key)), (*rows, *_ways_out(voice, one, begun=begun)))


def _ways_out(voice: Voice, one: Given, *, begun: bool) -> Rows:
    """Return the way out: what was passed on may be meant as a question."""
    if one.state != "draft":
        return ((_back(voice, one),),)
    drop = Button(voice.label("give.not_for_the_watch"), tap(one, "drop"))
    if begun and one.content.texts:
        return ((Button(voice.label("give.a_question"), tap(one, "ask")), drop),)
    return ((drop,),)


def _back(voice: Voice, one: Given) -> Button:
    return Button(voice.label("common.back"), tap(one))


def _leave(voice: Voice) -> Button:
    return Button(voice.label("give.leave"), Tap.to(SCREEN, 0, "leave"))
