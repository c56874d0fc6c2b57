from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.handlers.test_replies import HELENE, bot, first_line
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, Somebody

__all__ = ["AsyncIterator", "bot"]

ASKED = [
    (CAMILLE, "quelqu'un peut-il me remplacer ?", "Pour changer ou confirmer le point focal"),
    (JOHN, "I am retiring, who replaces me?", "To change the focal point, please write"),
    (CAMILLE, "ma collègue viendra à ma place à Vientiane", "Pour qu’un collègue vienne à votre place"),
    (CAMILLE, "qui paie l'hôtel pour l'atelier de Hué ?", "Je ne connais pas les frais"),
    (LINH, "xin kinh phí làm dự án nước nhỏ ở đâu", "Nguồn tài trợ được công bố"),
    (CAMILLE, "ma candidature a-t-elle été retenue ?", "📝 Ce que vous avez envoyé"),
    (CAMILLE, "ajoute une réunion à mon agenda", "Ouvrez une réunion"),
    (JOHN, "do I need a visa?", "I have no information about visas"),
    (CAMILLE, "le lien du questionnaire ne marche pas", "Je suis désolé"),
    (JOHN, "how can my city join the network?", "A city asks to become a member"),
    (CAMILLE, "j'ai commencé l'inscription mais pas fini", "Je ne vois aucun formulaire commencé"),
    (CAMILLE, "combien coûte la cotisation par an ?", "🧾 Cotisation"),
    (HELENE, "quelles villes n'ont pas de point focal ?", "👤 Membres sans point focal"),
    (HELENE, "combien d'inscrits à l'atelier de Hué ?", "📊 Inscription à l'atelier de Huế"),
    (HELENE, "qui n'a pas répondu au questionnaire égalité ?", "📊 Questionnaire égalité"),
    (HELENE, "les badges", "📊 Résultats des formulaires"),
    (HELENE, "les questions que tu n'as pas comprises", "🔎"),
    (HELENE, "des demandes d'adhésion en attente ?", "Aucune demande"),
    (HELENE, "quels messages vont partir la semaine prochaine", "Je prépare la liste"),
    (CAMILLE, "on est combien de membres", "Nombre de membres\u202f: 22."),
    (CAMILLE, "il y a combien de villes au Laos", "Nombre de membres\u202f: 2."),
    (LINH, "có mấy thành viên", "Số thành viên: 22."),
    (LINH, "Campuchia có bao nhiêu thành phố", "Số thành viên: 5."),
    (JOHN, "how many cities in Cambodia", "Number of members: 5."),
]


@pytest.mark.parametrize(("who", "text", "line"), ASKED)
async def test_matter_has_a_screen_of_its_own(bot: TestBot, who: Somebody, text: str, line: str) -> None:
    assert (await first_line(bot, text, who)).startswith(line)


@pytest.mark.parametrize(
    "text",
    [
        "combien d'inscrits à l'atelier de Hué ?",
        "les questions que tu n'as pas comprises",
        "les demandes en attente",
        "quels messages vont partir",
    ],
)
async def test_screens_of_coordinators_are_not_shown_to_others(bot: TestBot, text: str) -> None:
    assert not (await first_line(bot, text, CAMILLE)).startswith(("📊", "🔎", "Aucune demande", "Je prépare la liste"))


async def test_meeting_comes_as_a_file_for_the_calendar(bot: TestBot) -> None:
    bubbles = await bot.say("mets les Assises dans mon agenda", CAMILLE)
    assert [name for bubble in bubbles for name, _ in (bubble.files or {}).values()] == ["assises.ics"]
