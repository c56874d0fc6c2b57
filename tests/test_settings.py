"""Settings from the environment: good ones, defaults, and one sentence for each that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings

TOKEN = "123456789:AAE" + "x" * 32


@pytest.fixture(autouse=True)
def _empty_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_settings_without_any_serve_the_browser() -> None:
    settings = load_settings()
    assert (settings.on_telegram, settings.serves_web, settings.may_simulate) == (False, True, True)
    assert settings.database == "sqlite:///relais-home/relais.db"


def test_settings_with_a_token_poll_telegram_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_TOKEN", TOKEN)
    settings = load_settings()
    assert (settings.on_telegram, settings.serves_web, settings.may_simulate) == (True, False, False)
    assert TOKEN not in repr(settings)


def test_settings_hide_the_proxy_s_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_PROXY", "http://user:secret@proxy.example:3128")
    settings = load_settings()
    assert settings.proxy_address == "http://user:secret@proxy.example:3128"
    assert ":secret@" not in repr(settings)


def test_settings_are_read_from_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"RELAIS_TOKEN={TOKEN}\nRELAIS_WEB_URL=https://relais.example.org/\n")
    settings = load_settings()
    assert (settings.serves_web, settings.web_url) == (True, "https://relais.example.org")


def test_settings_allow_a_simulation_at_a_loopback_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_TOKEN", TOKEN)
    monkeypatch.setenv("RELAIS_API_URL", "http://127.0.0.1:8081")
    assert load_settings().may_simulate


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TOKEN", "nonsense", "RELAIS_TOKEN: expected BotFather's token, such as 123456789:AAE…"),
        (
            "PROXY",
            "ftp://user:secret@proxy.example",
            "RELAIS_PROXY: expected a proxy such as socks5h://user:password@proxy.example.org:1080",
        ),
        ("WEB_PORT", "abc", "RELAIS_WEB_PORT is 'abc': expected a number from 1 to 65535"),
        ("WEB_PORT", "70000", "RELAIS_WEB_PORT is '70000': expected a number from 1 to 65535"),
        ("TIMEZONE", "Mars", "RELAIS_TIMEZONE is 'Mars': expected an IANA time zone such as Asia/Phnom_Penh"),
        ("API_URL", "telegram", "RELAIS_API_URL is 'telegram': expected an address such as https://relais.example.org"),
        ("LANGUAGE", "de", "RELAIS_LANGUAGE is 'de': Input should be 'fr', 'vi', 'km', 'lo' or 'en'"),
    ],
)
def test_settings_that_are_wrong_are_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(f"RELAIS_{name}", value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert str(error.value) == f"{says}. Mend it in the environment or in .env."


MAIL = {
    "SMTP_HOST": "smtp.example.org",
    "SMTP_FROM": "Réseau <relais@example.org>",
    "WEB_URL": "https://relais.example.org",
    "SMTP_USER": "relais",
    "SMTP_PASSWORD": "a b#c",
}


def test_settings_send_no_letters_by_themselves() -> None:
    assert load_settings().smtp_host is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SMTP_FROM", "", "RELAIS_SMTP_FROM is missing: letters need an address that they come from"),
        ("WEB_URL", "", "RELAIS_WEB_URL is missing: letters need a page where people say that they want no more"),
        ("SMTP_PASSWORD", "", "RELAIS_SMTP_USER and RELAIS_SMTP_PASSWORD are set together or not at all"),
        ("SMTP_SECURITY", "none", "RELAIS_SMTP_SECURITY is 'none': anybody on the way could read the password"),
        ("SMTP_SECURITY", "ssl", "RELAIS_SMTP_SECURITY is 'ssl': Input should be 'starttls', 'tls' or 'none'"),
        (
            "SMTP_HOST",
            "smtp.example.org:587",
            "RELAIS_SMTP_HOST is 'smtp.example.org:587': expected a host's name, such as smtp.example.org"
            " (RELAIS_SMTP_PORT is its port)",
        ),
        (
            "SMTP_FROM",
            "Relais",
            "RELAIS_SMTP_FROM is 'Relais': expected an address such as relais@example.org, or Relais"
            " <relais@example.org>",
        ),
        ("SMTP_RATE", "0", "RELAIS_SMTP_RATE is '0': expected how many letters a second, above 0 and up to 100"),
        (
            "BOUNCE_SECRET",
            "short",
            "RELAIS_BOUNCE_SECRET: expected at least 16 letters and digits that nobody can guess",
        ),
    ],
)
def test_settings_for_letters_that_are_wrong_are_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    for one, good in MAIL.items():
        monkeypatch.setenv(f"RELAIS_{one}", good)
    assert "a b#c" not in repr(load_settings())
    monkeypatch.setenv(f"RELAIS_{name}", value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert str(error.value) == f"{says}. Mend it in the environment or in .env."


def test_every_setting_is_explained_in_the_example() -> None:
    example = (Path(__file__).parent.parent / ".env.example").read_text(encoding="utf-8")
    explained = {line[1:].split("=")[0] for line in example.splitlines() if line.startswith("#RELAIS_")}
    assert explained == {f"RELAIS_{field.upper()}" for field in Settings.model_fields}
