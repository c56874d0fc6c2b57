"""Bars of CPU, on a logarithmic scale, as an SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

WIDTH, LABEL, BAR, GAP = 720, 190, 18, 8


def bars(charts: Mapping[str, Mapping[str, float]]) -> str:
    """Draw a chart under another: milliseconds of CPU by name; what is ours is told apart by its colour."""
    most = max(value for chart in charts.values() for value in chart.values())
    least = min(value for chart in charts.values() for value in chart.values()) / 2
    parts, y = [], 28
    for title, chart in charts.items():
        parts.append(
            f'<text x="8" y="{y}" font-weight="bold">{escape(title)}, ms of CPU (each step is ten times)</text>'
        )
        y += 14
        for name, value in chart.items():
            length = (WIDTH - LABEL - 80) * math.log(value / least) / math.log(most / least)
            colour = "#0b7a5a" if name.startswith("Relais") else "#9aa3ad"
            parts.append(f'<text x="{LABEL - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>')
            parts.append(f'<rect x="{LABEL}" y="{y}" width="{length:.0f}" height="{BAR}" fill="{colour}"/>')
            parts.append(f'<text x="{LABEL + length + 6:.0f}" y="{y + 13}">{value:,.0f}</text>')
            y += BAR + GAP
        y += 30
    style = 'font-family="sans-serif" font-size="12"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" {style}>'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    )
