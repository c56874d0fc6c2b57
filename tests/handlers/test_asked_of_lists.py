"""What is asked of a whole list: which of it ends first, is in a language, goes into a calendar."""

from __future__ import annotations

import pytest

from tests.handlers.asking import CAMILLE, HELENE, LINH, SOKHA, lines
from tests.support.bot import TestBot
from tests.support.people import Somebody


async def test_typed_label_of_a_key_asks_of_the_list_that_was_asked_for(bot: TestBot) -> None:
    first = "ផុតកំណត់មុនគេ៖ ការអំពាវនាវដាក់ពាក្យ៖ គម្រោងបេតិកភណ្ឌ"
    asked = await lines(bot, SOKHA, "មានការអំពាវនាវគម្រោងទេ", "ថ្ងៃផុតកំណត់", "⏰ ថ្ងៃផុតកំណត់", "ថ្ងៃផុតកំណត់")
    assert asked[1:] == [first, "⏰ ថ្ងៃផុតកំណត់", "⏰ ថ្ងៃផុតកំណត់"]


@pytest.mark.parametrize(
    ("who", "texts", "answer"),
    [
        (
            SOKHA,
            ("/documents", "មានកំណត់ហេតុប្រជុំចុងក្រោយទេ", "សុំជាភាសាខ្មែរ"),
            "ក្នុងចំណោមឯកសារទាំងនេះ គ្មានឯកសារណាមានជាភាសាខ្មែរទេ។",
        ),
        (CAMILLE, ("/documents", "le compte rendu de la dernière réunion"), "📄 Documents · Compte rendu"),
        (SOKHA, ("ឯកសារជាភាសាខ្មែរ",), "ឯកសារដែលមានជាភាសាខ្មែរ៖"),
        (CAMILLE, ("les documents en vietnamien",), "Documents disponibles dans cette langue (vietnamien) :"),
        (LINH, ("/documents", "cái nào tiếng Việt"), "Tài liệu có bằng"),
        (SOKHA, ("/mine", "ខ្ញុំត្រូវធ្វើអ្វីមុនគេ"), "📌 កិច្ចការដែលលោក/លោកស្រី"),
        (SOKHA, ("/mine", "ត្រូវផ្ញើទៅអ្នកណា"), "តើលោក/លោកស្រីសួរអំពីមួយណា?"),
        (SOKHA, ("/news", "មានអ្វីទាក់ទងនឹងទីក្រុងឆ្លាតវៃទេ"), "📰 ព័ត៌មាន · ទីក្រុងឆ្លាតវៃ និងឌីជីថល"),
        (SOKHA, ("ប្រជុំបន្ទាប់នៅពេលណា", "ដាក់ក្នុង calendar ខ្ញុំផង"), "សូមបើកកិច្ចប្រជុំមួយ"),
        (CAMILLE, ("les réunions à Siem Reap", "dans mon agenda"), "Ouvrez une réunion"),
        (SOKHA, ("/mine", "តើក្រុងណាខ្លះនៅឡាវ"), "ចំនួនសមាជិក៖ 2។"),
        (SOKHA, ("សកម្មភាពណាខ្លះក្នុងផែនការមិនទាន់ធ្វើ",), "📋 ផែនការសកម្មភាព"),
        (
            CAMILLE,
            ("/meetings", "les actualités de Battambang", "la deuxième"),
            "La dernière liste n’a pas de ligne 2.",
        ),
        (SOKHA, ("ខ្ញុំភ្លេចចុះឈ្មោះអីទេ", "ខែមេសាមានអី"), "📅 កិច្ចប្រជុំខាងមុខ · ខែមេសា"),
    ],
)
async def test_list_tells_what_is_asked_of_it(bot: TestBot, who: Somebody, texts: tuple[str, ...], answer: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(answer)


async def test_meetings_of_the_list_are_there_to_choose_for_the_calendar(bot: TestBot) -> None:
    await lines(bot, CAMILLE, "les réunions à Siem Reap", "dans mon agenda")
    assert "Prochaines réunions · Siem Reap" in bot.phone(CAMILLE).last.text


async def test_papers_that_only_resemble_are_called_so(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ថ្ងៃផុតកំណត់ដាក់របាយការណ៍សកម្មភាព", "ត្រូវភ្ជាប់ឯកសារអី", "មានគំរូទេ")
    assert asked[1:] == ["មិនមានឯកសារណាកំណត់សម្រាប់រឿងនេះទេ។ នេះជាឯកសារដែលជិតបំផុត៖", "📄 ឯកសារ"]


@pytest.mark.parametrize(
    ("who", "text", "answer"),
    [
        (SOKHA, "អាច upload ឯកសារនៅទីនេះបានទេ", "បាន៖ ឯកសារ ឬរូបភាព"),
        (LINH, "gửi file vào đây được không", "Được: tệp hoặc ảnh"),
        (CAMILLE, "puis-je envoyer un fichier ici ?", "Oui : un fichier ou une photo"),
        (SOKHA, "បើមិនទាន់បង់ ចូលរួមប្រជុំបានទេ", "កិច្ចប្រជុំខ្លះសម្រាប់តែសមាជិក"),
        (CAMILLE, "si on n'a pas encore payé la cotisation, peut-on participer aux réunions ?", "Certaines réunions"),
        (HELENE, "quelles villes au Laos ?", "Nombre de membres : 2."),
    ],
)
async def test_what_is_asked_of_the_network_is_told(bot: TestBot, who: Somebody, text: str, answer: str) -> None:
    assert (await lines(bot, who, text))[0].startswith(answer)
