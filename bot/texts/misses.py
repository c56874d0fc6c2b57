"""How coordinators read what was not understood, and teach words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ask.misses import PAGE, Group, MissesPage
from bot.network.records import Organisation, Theme
from bot.texts.dates import number
from bot.texts.layout import in_rows, lines, numbered, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html
from storage.taught import Taught

CITIES = 12
"""Organisations a page, to choose from."""
WORDS = 8
"""Taught words a page."""
_EXAMPLES = 6
"""Questions of a group that are shown."""


def misses_list(voice: Voice, page: MissesPage) -> Reply:
    """Render a page of the groups."""
    heading = voice.say("misses.heading")
    below: Rows = ((_teach(voice, None), Button(voice.label("misses.taught"), Tap.to("tl", 0))),)
    if not page.groups:
        return Reply(paragraphs(heading, voice.say("misses.none")), below)
    first = page.page * PAGE + 1
    rows = [_group(voice, group, place) for place, group in enumerate(page.groups, first)]
    cards = numbered(voice, (Tap.to("mi", group.members[0].id, page.page) for group in page.groups), first)
    turn = pager(voice, page.page, page.pages, lambda wanted: Tap.to("ms", wanted))
    text = paragraphs(heading, lines(*rows), page_line(voice, page.page, page.pages), voice.say("misses.scrubbed"))
    return Reply(text, tuple(row for row in (cards, turn, *below) if row))


def group_card(voice: Voice, group: Group, page: int) -> Reply:
    """Render one group with what can be done about it."""
    told = [
        voice.say("misses.example", words=one.words, times=number(voice, one.times))
        for one in group.members[:_EXAMPLES]
    ]
    heading = voice.say("misses.group", language=voice.say(f"language.{group.language}"))
    outcome = voice.say(f"misses.outcome.{group.members[0].outcome}")
    first = group.members[0].id
    rows = (
        (_teach(voice, first), Button(voice.label("misses.drop"), Tap.to("mx", first, page))),
        (Button(voice.label("common.back"), Tap.to("ms", page)),),
    )
    return Reply(paragraphs(heading, lines(*told), outcome), rows)


def which_word(voice: Voice, language: str, *, again: bool = False) -> Reply:
    """Render the question for the word; ``again``: what was written cannot be taught."""
    key = "teach.unreadable" if again else "teach.which_word"
    text = voice.say(key, language=voice.say(f"language.{language}"))
    return Reply(text, ((Button(voice.label("common.back"), Tap.to("ms")),),))


def which_meaning(voice: Voice, word: str) -> Reply:
    """Render the question what a word stands for."""
    kinds = [Button(voice.label(f"teach.{kind}"), Tap.to("tk", kind, 0)) for kind in ("intent", "city", "theme")]
    rows = (*in_rows(kinds, 3), (Button(voice.label("common.back"), Tap.to("ms")),))
    return Reply(voice.say("teach.which_meaning", word=word), rows)


def which_intent(voice: Voice, word: str, intents: Sequence[str]) -> Reply:
    """Render the choice of a request."""
    buttons = [Button(voice.label(f"ask.intent.{intent}"), Tap.to("tt", "intent", intent)) for intent in intents]
    return Reply(voice.say("teach.which_intent", word=word), (*in_rows(buttons, 2), _to_meanings(voice)))


def which_city(voice: Voice, word: str, places: Sequence[Organisation], page: int) -> Reply:
    """Render the choice of an organisation, a page of them."""
    pages = max(1, -(-len(places) // CITIES))
    page = min(max(page, 0), pages - 1)
    shown = places[page * CITIES : (page + 1) * CITIES]
    buttons = [Button(voice.title(one.name, 28), Tap.to("tt", "city", one.id)) for one in shown]
    turn = pager(voice, page, pages, lambda wanted: Tap.to("tk", "city", wanted))
    rows = tuple(row for row in (*in_rows(buttons, 2), turn, _to_meanings(voice)) if row)
    return Reply(voice.say("teach.which_city", word=word), rows)


def which_theme(voice: Voice, word: str, themes: Sequence[Theme]) -> Reply:
    """Render the choice of a theme."""
    buttons = [Button(voice.title(one.name, 28), Tap.to("tt", "theme", one.id)) for one in themes]
    return Reply(voice.say("teach.which_theme", word=word), (*in_rows(buttons, 2), _to_meanings(voice)))


def word_taught(voice: Voice, one: Taught, meaning: str) -> Reply:
    """Render that a word counts from now on, and how to undo it."""
    undo = Button(voice.label("teach.undo"), Tap.to("tu", one.id))
    back = Button(voice.label("common.back"), Tap.to("ms"))
    return Reply(voice.say("teach.done", word=one.word, meaning=meaning), ((undo,), (back,)))


def word_known(voice: Voice, word: str, meaning: str) -> Reply:
    """Render that the tables say so already."""
    back = Button(voice.label("common.back"), Tap.to("ms"))
    return Reply(voice.say("teach.known", word=word, meaning=meaning), ((back,),))


def words_list(voice: Voice, told: Sequence[tuple[Taught, str]], page: int) -> Reply:
    """Render a page of the taught words with what they stand for; a number undoes one."""
    back: Rows = ((Button(voice.label("common.back"), Tap.to("ms")),),)
    heading = voice.say("teach.heading")
    if not told:
        return Reply(paragraphs(heading, voice.say("teach.none")), back)
    pages = -(-len(told) // WORDS)
    page = min(max(page, 0), pages - 1)
    shown, first = told[page * WORDS : (page + 1) * WORDS], page * WORDS + 1
    rows = [_word(voice, one, meaning, place) for place, (one, meaning) in enumerate(shown, first)]
    undo = in_rows(numbered(voice, (Tap.to("tu", one.id, page) for one, _ in shown), first), 4)
    turn = pager(voice, page, pages, lambda wanted: Tap.to("tl", wanted))
    text = paragraphs(heading, lines(*rows), page_line(voice, page, pages), voice.say("teach.number_undoes"))
    return Reply(text, tuple(row for row in (*undo, turn, *back) if row))


def _group(voice: Voice, group: Group, place: int) -> Html:
    return voice.say(
        "misses.row",
        number=number(voice, place),
        words=group.members[0].words,
        times=number(voice, group.times),
        language=voice.say(f"language.{group.language}"),
    )


def _word(voice: Voice, one: Taught, meaning: str, place: int) -> Html:
    language = voice.say(f"language.{one.language}")
    return voice.say("teach.row", number=number(voice, place), word=one.word, meaning=meaning, language=language)


def _teach(voice: Voice, miss: int | None) -> Button:
    return Button(voice.label("misses.teach"), Tap.to("tw", miss))


def _to_meanings(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.label("common.back"), Tap.to("tk")),)
