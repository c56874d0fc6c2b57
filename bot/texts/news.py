"""How news is read: the list, and one piece in full."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.news import PAGE, NewsCard, NewsPage, NewsRequest
from bot.network.records import NewsItem
from bot.texts import dates
from bot.texts.given import Credit, credit_line, file_row
from bot.texts.layout import labelled, lines, numbered, page_line, pager, paragraphs
from bot.texts.narrowed import arguments, narrowed_line, parts_of, read_arguments, take_away
from bot.texts.reply import Button, Listing, Reply, Tap
from bot.texts.voice import Voice
from locales import Html


def news_list(voice: Voice, page: NewsPage) -> Reply:
    """Render a page of news."""
    request = page.request
    found = parts_of(voice, request, page.named)
    heading = voice.say("news.heading", narrowed=narrowed_line(found))
    away = take_away(found, lambda without: list_tap(replace(request, page=0, **without)))
    if not page.news:
        return Reply(paragraphs(heading, voice.say("news.none")), away, listing=Listing(list_tap(request)))
    first = request.page * PAGE + 1
    rows = [_row(voice, page, item, place) for place, item in enumerate(page.news, first)]
    buttons = numbered(voice, (Tap.to("nw", item.id, *_arguments(request)) for item in page.news), first)
    turn = pager(voice, request.page, page.pages, lambda number: list_tap(replace(request, page=number)))
    text = paragraphs(heading, *rows, page_line(voice, request.page, page.pages))
    listing = Listing.of(list_tap(request), "news", (item.id for item in page.news), first, page.total)
    return Reply(text, tuple(row for row in (buttons, turn, *away) if row), listing=listing)


def news_card(voice: Voice, card: NewsCard, back: NewsRequest, credit: Credit | None = None) -> Reply:
    """Render one piece of news; ``credit`` says which cities gave it."""
    item = card.item
    facts = [dates.day(voice, item.published)]
    by = credit_line(voice, credit.cities) if credit and credit.cities else None
    if by:
        facts.append(by)
    elif card.organisation:
        facts.append(voice.text(card.organisation.name))
    text = paragraphs(
        lines(voice.say("news.title", title=voice.noted(item.title)), Html(f"<i>{' · '.join(facts)}</i>")),
        voice.noted(item.body) if item.body else None,
        labelled(voice, "meetings.themes", voice.joined(voice.text(theme.name) for theme in card.themes))
        if card.themes
        else None,
    )
    rows = [(Button(voice.label("news.link"), url=item.link),)] if item.link else []
    return Reply(text, (*rows, *file_row(voice, credit), (Button(voice.label("common.back"), list_tap(back)),)))


def list_tap(request: NewsRequest) -> Tap:
    """Return the tap that shows the list."""
    return Tap.to("n", *_arguments(request))


def request_of(tap: Tap, start: int = 0) -> NewsRequest:
    """Return the request that a tap carries from its argument ``start`` on; what cannot be read asks for nothing."""
    return NewsRequest(page=tap.number(start) or 0, **read_arguments(tap, start + 1))


def _arguments(request: NewsRequest) -> tuple[object, ...]:
    return (request.page, *arguments(request))


def _row(voice: Voice, page: NewsPage, item: NewsItem, place: int) -> Html:
    facts = [dates.short_day(voice, item.published, page.today)]
    publisher = page.organisations.get(item.organisation or "")
    if publisher:
        facts.append(voice.text(publisher.name))
    return voice.say(
        "news.row",
        number=dates.number(voice, place),
        title=voice.noted(item.title),
        facts=Html(" · ".join(facts)),
    )
