"""Ordinary questions of members, partners and coordinators, each with the first line of its answer."""

from __future__ import annotations

import pytest

from tests.handlers.asking import AGATHE, HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (CAMILLE, ("j'ai une info à faire passer dans la veille",), "Pour contribuer à la veille mensuelle"),
        (CAMILLE, ("la veille de ce mois", "je peux y mettre quelque chose ?"), "Pour contribuer à la veille"),
        (CAMILLE, ("on n'a pas encore répondu au questionnaire égalité, c'est trop tard ?",), "📝 Formulaires"),
        (CAMILLE, ("changez mon adresse mail svp : c@lehavre.example",), "La coordination tient l’annuaire à jour"),
        (LINH, ("đổi giúp em email với",), "Ban điều phối cập nhật danh bạ"),
        (CAMILLE, ("qu'ai-je à faire",), "📌 Ce qui est attendu de vous"),
        (CAMILLE, ("qu'ai-je à faire", "la plus pressée"), "⏰ "),
        (CAMILLE, ("qu'ai-je à faire", "la plus pressée", "c'est fait"), "Si c’est fait, touchez le bouton ✓"),
        (
            CAMILLE,
            ("mettez les rappels en pause une semaine", "rappelez-moi normalement"),
            "Les rappels reprennent dès maintenant",
        ),
        (AGATHE, ("Quels hôtels recommandez-vous pour les Assises au Havre",), "⏰ Fin du tarif hôtelier négocié"),
        (HELENE, ("est-ce que le rappel pour Kampot est parti ?",), "Je prépare la liste des 30 prochains jours"),
        (HELENE, ("quels postes sont vacants ?",), "👤 Membres sans point focal"),
        (SOKHA, ("តំណែងណាទំនេរ",), "👤 "),
        (AGATHE, ("/documents", "vous avez ça en vietnamien ?"), "Documents disponibles dans cette langue"),
    ],
)
async def test_it_is_answered(bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)
