"""What mail servers' answers mean for a letter."""

from __future__ import annotations

import pytest

from bot.delivery.replies import Stage, means_gone, outcome_of


@pytest.mark.parametrize(
    ("stage", "answer", "kind"),
    [
        ("connecting", "421 4.3.2 too many connections", "busy"),
        ("connecting", "554 no service for you", "busy"),
        ("connecting", "454 4.7.0 temporary authentication failure", "busy"),
        ("connecting", "535 5.7.8 authentication failed", "unauthorised"),
        ("connecting", "534 5.7.9 mechanism too weak", "unauthorised"),
        ("sender", "530 5.7.0 authentication required", "unauthorised"),
        ("sender", "553 5.7.1 sender address rejected: not owned by user", "unauthorised"),
        ("sender", "552 5.3.4 message size exceeds fixed limit", "refused"),
        ("sender", "452 4.3.1 insufficient storage", "busy"),
        ("recipient", "450 4.2.0 greylisted", "busy"),
        ("recipient", "451 try later", "busy"),
        ("recipient", "421 closing", "busy"),
        ("recipient", "550 5.1.1 user unknown", "unreachable"),
        ("recipient", "550 5.2.1 mailbox disabled", "unreachable"),
        ("recipient", "550 5.4.1 recipient address rejected", "unreachable"),
        ("recipient", "556 5.1.10 domain takes no mail", "unreachable"),
        ("recipient", "550 no such user here", "unreachable"),
        ("recipient", "553 mailbox name not allowed", "unreachable"),
        ("recipient", "550 blocked, see our spam policy", "refused"),
        ("recipient", "554 5.7.1 relay access denied", "refused"),
        ("recipient", "552 5.2.2 mailbox full", "refused"),
        ("recipient", "530 5.7.0 authentication required", "unauthorised"),
        ("letter", "451 4.7.1 greylisted", "busy"),
        ("letter", "554 5.7.1 message rejected as spam", "refused"),
        ("letter", "550 5.1.1 user unknown", "unreachable"),
        ("letter", "554 transaction failed", "refused"),
        ("letter", "552 5.3.4 too large", "refused"),
    ],
)
def test_answers_are_told_apart(stage: Stage, answer: str, kind: str) -> None:
    code, _, words = answer.partition(" ")
    assert outcome_of(stage, int(code), words).kind == kind


def test_a_reason_holds_no_address() -> None:
    outcome = outcome_of("recipient", 550, "5.1.1 <mai@hue.test>:\r\n no user mai@hue.test; 'x@y'" + "x" * 500)
    assert outcome.reason.startswith("550 5.1.1 <…>: no user …; ")
    assert "@" not in outcome.reason
    assert len(outcome.reason) < 210


@pytest.mark.parametrize(
    ("status", "gone"),
    [("5.1.1", True), ("5.0.0", True), ("5.4.4", True), ("4.2.2", False), ("5.2.2", False), ("5.7.26", False),
     ("5.1.8", False), ("5.6.0", False)],
)  # fmt: skip
def test_a_permanent_status_counts_only_if_it_concerns_the_mailbox(status: str, gone: bool) -> None:
    assert means_gone(status) is gone
