"""The forms that are measured: one of forty questions with conditions, one of texts, one whose answers are counted."""

from __future__ import annotations

from bot.forms.definition import Definition, build
from bot.forms.entries import Done, Entry, Picked, Skipped, Ticked, Written
from bot.network.content import Content
from bot.network.forms import Form, Question

BLOCK: tuple[tuple[str, str, Entry, dict[str, object]], ...] = (
    ("stays", "yes_no", Picked("yes"), {}),
    ("nights", "whole_number", Written("2"), {"at_least": "1", "at_most": "9", "condition": "stays{n} = yes"}),
    ("name", "short_text", Written("Trần Thị Mai"), {}),
    (
        "meal", "one_choice", Picked("rice"),
        {
            "options": ("rice", "noodles"), "choices": Content.of("en", en="Rice; Noodles", fr="Riz; Nouilles"),
            "condition": "stays{n} = yes and nights{n} > 1",
        },
    ),
    ("day", "date", Written("18/5/2027"), {}),
    (
        "sights", "several_choices", Ticked("temple"),
        {"options": ("market", "temple", "river"), "choices": Content.of("en", en="Market; Temple; River")},
    ),
    ("hour", "time", Written("14:30"), {"condition": "nights{n} >= 2 and not meal{n} = noodles"}),
    ("remarks", "long_text", Skipped(), {"required": False}),
)  # fmt: skip
"""Eight questions, asked five times: name, kind, what is entered, and the rest."""
BLOCKS = 5


def form(code: str = "bench", **more: object) -> Form:
    """A registration."""
    given = {
        "code": code,
        "title": Content.of("en", en="Bench"),
        "kind": "registration",
        "time_zone": "Asia/Phnom_Penh",
    }
    return Form.model_validate(given | more)


def question(name: str, number: int, kind: str, label: str, **more: object) -> Question:
    """A question of that form."""
    said = Content.of("en", en=label)
    return Question.model_validate(
        {"code": f"bench.{name}", "form": "bench", "name": name, "number": number, "kind": kind, "label": said, **more}
    )


def forty() -> tuple[Definition, list[Entry]]:
    """Forty questions, fifteen of them with conditions, and what is entered at each."""
    questions, entries = list[Question](), list[Entry]()
    for block in range(BLOCKS):
        for name, kind, entry, more in BLOCK:
            told = dict(more)
            if "condition" in told:
                told["condition"] = str(told["condition"]).format(n=block)
            questions.append(question(f"{name}{block}", len(questions) + 1, kind, name.capitalize(), **told))
            entries += [entry, Done()] if isinstance(entry, Ticked) else [entry]
    return build(form(), questions), entries


def texts(count: int) -> tuple[Form, list[Question]]:
    """That many questions for a short text, of a question's usual length."""
    asked = "What should the network's next meeting speak about, and who in your city could prepare it?"
    return form(), [question(f"q{number}", number, "short_text", asked) for number in range(1, count + 1)]
