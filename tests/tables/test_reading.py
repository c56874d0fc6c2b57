from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import TablesError
from bot.network.content import Content
from bot.network.records import Event, Person
from bot.tables.reading import read_tables
from tests.tables.samples import ZONE, Rows, event, organisation, problems_of, read, sample, write, write_lines


def altered(table: str, *rows: dict[str, str]) -> dict[str, Rows]:
    """Return the sample with other rows in one table."""
    return sample() | {table: list(rows)}


def with_event(**cells: str) -> dict[str, Rows]:
    """Return the sample with cells of its one event changed."""
    return altered("events", sample()["events"][0] | cells)


def test_sample_is_read(tmp_path: Path) -> None:
    network = read(tmp_path, sample())
    assert network.people == (
        Person(
            code="mai", name="Trần Thị Mai", organisation="hue", function=Content.of("fr", fr="Chargée de coopération"),
            role="focal_point", languages=("vi", "fr"), themes=("water",), email="mai@hue.example.org",
            phone="+84 234 555 01 23", telegram_id=5550123,
        ),
    )  # fmt: skip
    assert network.events == (
        Event(
            code="meeting", title=Content.of("fr", fr="Réunion annuelle", km="កិច្ចប្រជុំ"), kind="workshop",
            begins=datetime(2027, 5, 25, 1, tzinfo=UTC), ends=datetime(2027, 5, 25, 2, tzinfo=UTC), all_day=False,
            time_zone=ZONE, format="in_person",
        ),
    )  # fmt: skip
    assert network.deadlines[0].due == datetime(2027, 6, 15, 17, tzinfo=UTC)
    assert network.deadlines[0].all_day
    assert network.news[0].published == date(2027, 3, 7)
    assert network.documents[0].file == "files/agenda.txt"
    assert network.stated == frozenset()


def test_event_of_days_ends_after_its_last_day_in_the_zone_of_its_city(tmp_path: Path) -> None:
    tables = with_event(start="18/05/2027", end="19/05/2027", city="brest")
    found = read(tmp_path, tables).events[0]
    assert (found.begins, found.ends) == (
        datetime(2027, 5, 17, 22, tzinfo=UTC), datetime(2027, 5, 19, 22, tzinfo=UTC)
    )  # fmt: skip
    assert (found.all_day, found.time_zone) == (True, "Europe/Paris")


def test_own_time_zone_counts_before_that_of_the_city(tmp_path: Path) -> None:
    found = read(tmp_path, with_event(start="2027-05-18 08:00", city="brest", time_zone="Asia/Vientiane")).events[0]
    assert (found.begins, found.time_zone) == (datetime(2027, 5, 18, 1, tzinfo=UTC), "Asia/Vientiane")


def test_registration_counts_to_the_end_of_its_closing_day(tmp_path: Path) -> None:
    found = read(tmp_path, with_event(registration_opens="2027-05-01", registration_closes="2027-05-02")).events[0]
    assert found.registration_opens == datetime(2027, 4, 30, 17, tzinfo=UTC)
    assert found.registration_closes == datetime(2027, 5, 2, 17, tzinfo=UTC)


def test_source_is_the_row_s_else_the_first_language_present(tmp_path: Path) -> None:
    tables = with_event(source="km", place_vi="Khách sạn", place_en="Hotel", states="title_fr=machine; place_en=stale")
    network = read(tmp_path, tables)
    assert network.events[0].title.model_dump() == {
        "fr": {"text": "Réunion annuelle", "state": "machine"}, "km": {"text": "កិច្ចប្រជុំ", "state": "source"},
    }  # fmt: skip
    assert network.events[0].place is not None
    assert network.events[0].place.model_dump() == {
        "vi": {"text": "Khách sạn", "state": "source"}, "en": {"text": "Hotel", "state": "stale"},
    }  # fmt: skip
    assert network.stated == frozenset({("events", "meeting", "title_fr"), ("events", "meeting", "place_en")})


def test_texts_are_composed_and_stripped(tmp_path: Path) -> None:
    found = read(tmp_path, altered("themes", sample()["themes"][0] | {"name_fr": "  E\u0301gout\u200bs "})).themes[0]
    assert found.name == Content.of("fr", fr="Égouts")


PERSON = sample()["people"][0]
WHEN = "is not a day; expected 2027-05-18, 18/05/2027 or +12d, each with an hour or without: 2027-05-18 08:00"
OUT = "leads out of the folder of the tables; expected a"


@pytest.mark.parametrize(
    ("table", "column", "value", "message"),
    [
        ("organisations", "groups", "Viet Nam", "is no group; expected a short word of a-z, 0-9, - and _, at most 40"),
        ("organisations", "dues_paid_until", "31/12", "is not a day; expected 2027-05-18, 18/05/2027 or +12d"),
        ("people", "email", "mai.hue", "is no e-mail address; expected one such as mai@hue.example.org"),
        (
            "people", "phone", "0234 555 01 23",
            "is no phone number; expected + and the country's code, such as +84 234 555 01 23",
        ),
        ("people", "languages", ";", "is an empty list; expected fr, vi, km, lo or en"),
        ("people", "languages", "vi; de", 'has "de", which is not known; expected fr, vi, km, lo or en'),
        ("people", "telegram_id", "@mai", "is no account; expected the number of a Telegram account, such as 5550123"),
        ("events", "code", "Réunion", "is no code; expected a short word of a-z, 0-9, - and _, at most 40"),
        ("events", "start", "32/05/2027", WHEN),
        ("events", "format", "vidéo", 'is not known; expected in_person, video or hybrid; did you mean "video"?'),
        ("events", "city", "huee", 'is no code of the table organisations; did you mean "hue"?'),
        (
            "events", "themes", "water; watr",
            'has "watr", which is no code of the table themes; did you mean "water"?',
        ),
        ("events", "part_of", "meeting", "goes round in a circle: meeting → meeting; expected none"),
        (
            "events", "end", "2027-05-25",
            "is a day without an hour, but start is one with an hour; expected both alike",
        ),
        ("events", "end", "2027-05-25 07:59", "is before the start; expected the same day or a later one"),
        (
            "events", "time_zone", "Asia/Pnom_Penh",
            'is no time zone; expected an IANA name such as Asia/Phnom_Penh; did you mean "Asia/Phnom_Penh"?',
        ),
        ("events", "link", "hue.example.org", "is no link; expected one that starts with https:// or http://"),
        (
            "events", "audience", "member",
            "is no audience; expected everyone, members, members_paid, coordinators or group:CODE; did you mean"
            ' "members"?',
        ),
        (
            "events", "audience", "group:vietnam",
            'is a group that no organisation names; did you mean "group:viet-nam"?',
        ),
        ("events", "country", "kh", "is no country; expected two capital letters such as KH"),
        ("events", "source", "de", "is not known; expected fr, vi, km, lo or en"),
        (
            "events", "states", "titel_km=machine",
            'says "titel_km", which is no text of this row; did you mean "title_km"?',
        ),
        (
            "events", "states", "title_km=old",
            'says "title_km=old"; expected title_km=human, =machine or =stale, separated by ";"',
        ),
        (
            "events", "states", "title_fr=stale",
            "gives title_fr another state, but it is the source; see the column source",
        ),
        ("news", "published", "2027-05-18 08:00", "has an hour; expected 2027-05-18, 18/05/2027 or +12d"),
        (
            "documents", "file", "files/programme.txt",
            "is no file beside the tables; expected a path such as files/programme.txt",
        ),
        ("documents", "file", "../secret.txt", f"{OUT} path inside it, such as files/programme.txt"),
        ("documents", "file", "/etc/passwd", f"{OUT} path inside it, such as files/programme.txt"),
        ("documents", "file", "files/out.txt", f"{OUT} file inside it"),
        ("documents", "file", "./people.csv", "is one of the tables; expected a document"),
        ("actions", "number", "1a", "is no number; expected a whole number such as 12"),
    ],
)  # fmt: skip
def test_problem_names_the_cell_and_what_was_expected(
    tmp_path: Path, table: str, column: str, value: str, message: str
) -> None:
    folder = write(tmp_path / "tables", altered(table, sample()[table][0] | {column: value}))
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "files" / "out.txt").symlink_to(tmp_path / "secret.txt")
    place = f'{table}.csv, row 2, column {column}: "{value}" '
    assert [problem for problem in problems_of(folder) if problem.startswith(place)] == [place + message]


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        (with_event(format=""), "events.csv, row 2, column format: is empty; expected in_person, video or hybrid"),
        (
            with_event(title_fr="", title_km=""),
            "events.csv, row 2, column title_fr: is empty; expected a text in at least one language",
        ),
        (
            with_event(title_fr="a\x0bb"),
            "events.csv, row 2, column title_fr: holds the control character U+000B, which no spreadsheet can keep; "
            "expected a text without it",
        ),
        (
            with_event(titel_fr="x"),
            'events.csv, row 1: "titel_fr" is no column of this table; did you mean "title_fr"?',
        ),
        (
            altered("events", {"code": "meeting", "title_fr": "R", "start": "+1d", "format": "video"}),
            "events.csv, row 1: the column kind is missing.",
        ),
        (
            with_event(start="2027-03-28 02:30", time_zone="Europe/Paris"),
            'events.csv, row 2, column start: "2027-03-28 02:30" does not exist in Europe/Paris: the clocks are put '
            "forward over it; expected another hour",
        ),
        (
            with_event(registration_opens="2027-05-03", registration_closes="2027-05-02"),
            'events.csv, row 2, column registration_closes: "2027-05-02" is before the column registration_opens; '
            "expected a later day or hour",
        ),
        (
            altered("deadlines", sample()["deadlines"][0] | {"opens": "@06-16"}),
            'deadlines.csv, row 2, column due: "@06-15" is before the column opens; expected a later day or hour',
        ),
        (
            altered("events", event("meeting"), event("meeting")),
            'events.csv, row 3, column code: "meeting" stands in row 2 too; expected it once',
        ),
        (
            altered("events", event("meeting", part_of="b"), event("b", part_of="c"), event("c", part_of="b")),
            'events.csv, row 3, column part_of: "c" goes round in a circle: b → c → b; expected none',
        ),
        (
            altered("people", PERSON, PERSON | {"code": "lan"}),
            'people.csv, row 3, column telegram_id: "5550123" stands in row 2 too; expected it once',
        ),
        (
            altered("documents", sample()["documents"][0] | {"file": ""}),
            "documents.csv, row 2: has neither a file nor a link; expected one of them",
        ),
    ],
)
def test_problem_is_the_only_one(tmp_path: Path, tables: dict[str, Rows], problem: str) -> None:
    assert problems_of(tmp_path, tables) == (problem,)


def test_spelling_of_two_organisations_names_both(tmp_path: Path) -> None:
    hanoi = organisation("hanoi", name_fr="Hà Nội", spellings="HUE")
    assert problems_of(tmp_path, altered("organisations", *sample()["organisations"], hanoi)) == (
        'organisations.csv, row 2, column spellings: "Hue; Hué" means hue and hanoi at once ("Hue"); expected each '
        "spelling to mean one organisation",
        'organisations.csv, row 4, column spellings: "HUE" means hanoi and hue at once ("HUE"); expected each '
        "spelling to mean one organisation",
    )


def test_spelling_that_names_another_organisation_is_refused(tmp_path: Path) -> None:
    province = organisation("thua-thien", name_fr="Thừa Thiên", spellings="Huế")
    assert problems_of(tmp_path, altered("organisations", *sample()["organisations"], province)) == (
        'organisations.csv, row 4, column spellings: "Huế" means thua-thien and hue at once ("Huế"); expected each '
        "spelling to mean one organisation",
    )


def test_same_name_of_two_organisations_is_allowed(tmp_path: Path) -> None:
    province = organisation("hue-province", name_fr="Huế", kind="province")
    assert problems_of(tmp_path, altered("organisations", *sample()["organisations"], province)) == ()


def test_problems_come_all_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    tables = altered("events", event("a", kind="x", start="y"), event("b", city="z"), event("b"))
    tables["people"] = [PERSON | {"organisation": "nowhere"}]
    tables["deadlines"] = []
    tables["forms"] = tables["questions"] = []
    found = [problem.partition(":")[0] for problem in problems_of(tmp_path, tables)]
    assert found == [
        "people.csv, row 2, column organisation",
        "events.csv, row 2, column kind",
        "events.csv, row 2, column start",
        "events.csv, row 3, column city",
        "events.csv, row 4, column code",
    ]


def test_missing_table_is_named_and_nothing_else_is_blamed_for_it(tmp_path: Path) -> None:
    folder = write(tmp_path, sample())
    (folder / "organisations.csv").unlink()
    assert problems_of(folder) == ("organisations.csv is missing; a table without rows still needs its header.",)


def test_empty_folder_lacks_every_table(tmp_path: Path) -> None:
    assert len(problems_of(tmp_path)) == 8


@pytest.mark.parametrize("name", ["tables.csv", "tables.ods", "nowhere"])
def test_path_that_is_no_network_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix:
        path.write_text("code")
    expected = (
        f"{path} is neither a folder of CSV files nor an .xlsx file; save the workbook as .xlsx."
        if path.suffix
        else f"{path} does not exist; expected a folder of CSV files or one .xlsx file."
    )
    with pytest.raises(TablesError) as refused:
        read_tables(path, date(2027, 3, 10), ZONE)
    assert refused.value.problems == (expected,)


def test_row_is_numbered_as_the_spreadsheet_shows_it(tmp_path: Path) -> None:
    folder = write(tmp_path, sample())
    write_lines(
        folder / "themes.csv",
        [["code", "name_fr", "axis"], ["water", "two\nlines", "main"], [], ["", "", ""], ["waste", "Déchets", "axe"]],
    )
    assert problems_of(folder) == (
        'themes.csv, row 5, column axis: "axe" is not known; expected main, cross_cutting or wish',
    )
