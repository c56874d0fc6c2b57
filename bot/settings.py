"""What is set from outside: environment variables that start with ``RELAIS_``, or the same names in ``.env``."""

from __future__ import annotations

import ipaddress
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from bot.network.languages import Language

_NUMBERS = {
    "RELAIS_WEB_PORT": "expected a number from 1 to 65535",
    "RELAIS_REMINDERS_A_WEEK": "expected a number from 0 to 100",
    "RELAIS_TELEGRAM_RATE": "expected how many calls a second, above 0 and up to 1000",
    "RELAIS_SMTP_PORT": "expected a number from 1 to 65535",
    "RELAIS_SMTP_RATE": "expected how many letters a second, above 0 and up to 100",
}
_PROXIES = ("http", "https", "socks5", "socks5h")
_SECRETS = ("RELAIS_TOKEN", "RELAIS_PROXY", "RELAIS_SMTP_PASSWORD", "RELAIS_BOUNCE_SECRET")
"""What is never repeated in a sentence about a mistake."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _root(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("expected an address such as https://relais.example.org")
    return url.rstrip("/")


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("expected an IANA time zone such as Asia/Phnom_Penh")
    return name


def _database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("expected sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
    return url


def _token(token: SecretStr) -> SecretStr:
    number, _, secret = token.get_secret_value().partition(":")
    if not (number.isdigit() and len(secret) >= 20):
        raise ValueError("expected BotFather's token, such as 123456789:AAE…")
    return token


def _proxy(address: SecretStr) -> SecretStr:
    parts = urlsplit(address.get_secret_value())
    if parts.scheme not in _PROXIES or not parts.hostname:
        raise ValueError("expected a proxy such as socks5h://user:password@proxy.example.org:1080")
    return address


def _host(name: str) -> str:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        if not re.fullmatch(r"[\w.-]+", name):
            raise ValueError(
                "expected a host's name, such as smtp.example.org (RELAIS_SMTP_PORT is its port)"
            ) from None
    return name


def _mailbox(text: str) -> str:
    if not text.isprintable() or not re.fullmatch(r"[^\s@<>,;\"]+@[\w.-]+", parseaddr(text)[1]):
        raise ValueError("expected an address such as relais@example.org, or Relais <relais@example.org>")
    return text


def _long(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < 16:
        raise ValueError("expected at least 16 letters and digits that nobody can guess")
    return secret


Mailbox = Annotated[str, AfterValidator(_mailbox)]
Root = Annotated[str, AfterValidator(_root)]


class Settings(BaseSettings):
    """Every setting, with its default; ``.env.example`` explains them to whoever installs."""

    model_config = SettingsConfigDict(env_prefix="RELAIS_", env_file=".env", env_ignore_empty=True, extra="ignore")

    token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    api_url: Root = "https://api.telegram.org"
    proxy: Annotated[SecretStr, AfterValidator(_proxy)] | None = None
    database_url: Annotated[str, AfterValidator(_database)] | None = None
    approve_above: int = Field(200, ge=0)
    telegram_rate: float = Field(30.0, gt=0, le=1000)
    reminders_a_week: int = Field(3, ge=0, le=100)
    home: Path = Path("relais-home")
    web_host: str = "127.0.0.1"
    web_port: int = Field(8080, ge=1, le=65535)
    web_url: Root | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Phnom_Penh"
    language: Language = "fr"
    smtp_host: Annotated[str, AfterValidator(_host)] | None = None
    smtp_port: int | None = Field(None, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: Mailbox | None = None
    smtp_reply_to: Mailbox | None = None
    smtp_rate: float = Field(2.0, gt=0, le=100)
    bounce_address: Mailbox | None = None
    bounce_secret: Annotated[SecretStr, AfterValidator(_long)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @model_validator(mode="after")
    def _letters_can_go(self) -> Self:
        if self.smtp_host is None:
            return self
        if self.smtp_from is None:
            raise ValueError("RELAIS_SMTP_FROM is missing: letters need an address that they come from")
        if self.web_url is None:
            raise ValueError("RELAIS_WEB_URL is missing: letters need a page where people say that they want no more")
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError("RELAIS_SMTP_USER and RELAIS_SMTP_PASSWORD are set together or not at all")
        if self.smtp_security == "none" and self.smtp_user is not None and self.smtp_host not in _LOOPBACK:
            raise ValueError("RELAIS_SMTP_SECURITY is 'none': anybody on the way could read the password")
        return self

    @property
    def database(self) -> str:
        """The database's address: a SQLite file in ``RELAIS_HOME`` unless it is set."""
        return self.database_url or f"sqlite:///{self.home / 'relais.db'}"

    @property
    def proxy_address(self) -> str | None:
        """The proxy's address, with its password: for whoever connects, never for a log."""
        return self.proxy.get_secret_value() if self.proxy else None

    @property
    def files(self) -> Path:
        """The folder of the network's documents."""
        return self.home / "files"

    @property
    def zone(self) -> ZoneInfo:
        """The network's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def on_telegram(self) -> bool:
        """Whether there is a token, so that Telegram is polled."""
        return self.token is not None

    @property
    def serves_web(self) -> bool:
        """Whether the chat is served in the browser: always without a token, with one only at ``RELAIS_WEB_URL``."""
        return not self.on_telegram or self.web_url is not None

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the channels that are served."""
        served = {"telegram": self.on_telegram, "web": self.serves_web, "email": self.smtp_host is not None}
        return tuple(name for name, is_served in served.items() if is_served)

    @property
    def may_simulate(self) -> bool:
        """Whether time may be simulated: never where real people are answered."""
        return not self.on_telegram or urlsplit(self.api_url).hostname in _LOOPBACK


def load_settings() -> Settings:
    """Read the settings; raises SettingsError with one sentence that names the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        if not problem["loc"]:  # what does not fit together
            reason = problem["msg"].removeprefix("Value error, ")
            raise SettingsError(f"{reason}. Mend it in the environment or in .env.") from None
        name = "RELAIS_" + str(problem["loc"][0]).upper()
        number = problem["type"].startswith(("int", "float", "greater", "less"))
        expected = _NUMBERS.get(name, "expected a number") if number else ""
        reason = expected or problem["msg"].removeprefix("Value error, ")
        value = "" if name in _SECRETS else f" is {problem['input']!r}"
        raise SettingsError(f"{name}{value}: {reason}. Mend it in the environment or in .env.") from None
