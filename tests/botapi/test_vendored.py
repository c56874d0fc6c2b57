from __future__ import annotations

import hashlib
from pathlib import Path

from tests.botapi.check_calls import check_call

HERE = Path(__file__).parent


def test_the_data_files_are_unchanged() -> None:
    sums = {name: hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in ("api.json", "additions.json")}
    assert sums == {
        "api.json": "0950def6a1c900792c3a1d65ab13c1ee76d2f400a761df1aa0e6245e2355070a",
        "additions.json": "c0191381bf5a5e1cb6ee412024716b626dde2c3be1fd2ec5d1a97f1d7cd94c65",
    }


def test_the_checker_lets_a_good_call_pass_and_names_what_is_wrong_with_a_bad_one() -> None:
    assert check_call({"method": "sendMessage", "params": {"chat_id": "5", "text": "hello"}}) == []
    assert check_call({"method": "sendMessage", "params": {"chat_id": "5"}}) == [
        "sendMessage.text: required but missing"
    ]
