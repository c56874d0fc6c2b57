"""The report: a PDF with the period, the counts, every question with its picture, and the answers in free words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.results.blocks import blocks
from bot.results.shapes import Results
from bot.results.typeset import document, picture
from bot.results.wording import Wording, heading
from bot.texts.voice import Voice

MOST_TEXTS = 200
"""Answers in free words that a question shows; the workbook has them all."""


def report(results: Results, voice: Voice, now: datetime) -> bytes:
    """Return the report as PDF; while the results are secret it says only how many have answered."""
    return document("report", voice, _data(results, voice, now))


def report_pages(results: Results, voice: Voice, now: datetime) -> list[bytes]:
    """Return the report's pages as PNG, about 830 pixels wide."""
    return picture("report", voice, _data(results, voice, now), 1.4)


def _data(results: Results, voice: Voice, now: datetime) -> dict[str, Any]:
    words = Wording.of(results, voice)
    lines = heading(words, results)
    if results.definition.form.anonymous:
        lines.append(voice.label("results.anonymous"))
    return {
        "title": words.read(results.definition.form.title),
        "kicker": voice.label("results.title"),
        "lines": lines,
        "made": voice.label("results.made", day=words.day(now.astimezone(voice.zone).date())),
        "blocks": blocks(results, voice, MOST_TEXTS),
    }
