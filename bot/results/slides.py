"""Drawing slides: letters that every script has, charts that PowerPoint can edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Inches, Length, Pt

from bot.network.languages import Language

_LATIN = "Calibri"
_KHMER, _LAO = "Noto Sans Khmer", "Noto Sans Lao"
"""Where they are not installed, the machine's own letters of that script are shown."""
_IS_LAO = re.compile("[\u0e80-\u0eff]")
_TAGS: dict[Language, str] = {"fr": "fr-FR", "vi": "vi-VN", "km": "km-KH", "lo": "lo-LA", "en": "en-GB"}
_INK, _MUTED, _MAIN = (
    RGBColor.from_string(one)  # type: ignore[no-untyped-call]  # python-pptx has types in part
    for one in ("1B2733", "52606D", "1F4E79")
)
_LEFT, _WIDTH = Inches(0.7), Inches(11.93)
_TITLE_ONLY = 5
_LONG_TITLE = 90
"""Letters from which a title is set smaller."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Painter:
    """Adds slides to a presentation, 13.33 by 7.5 inches."""

    def __init__(self, presentation: Any, language: Language) -> None:
        self._presentation, self._language = presentation, language
        self._slide: Any = None

    def title(self, title: str, kicker: str, lines: Sequence[str]) -> None:
        """Add the first slide; its lines stand in its notes too."""
        self._new(title, top=Inches(2.1), height=Inches(1.7), size=40)
        self._box(Inches(1.4), Inches(0.6), [(kicker, 20, _MUTED)])
        self._box(Inches(4.0), Inches(2.8), [(line, 22, _INK) for line in lines])
        self.notes([title, *lines])

    def listing(self, title: str, line: str, rows: Sequence[tuple[str, str]]) -> None:
        """Add a slide with texts, each with a line under it."""
        self._new(title)
        self._box(Inches(1.75), Inches(0.5), [(line, 18, _MUTED)] if line else [])
        parts = [part for text, by in rows for part in ((text, 20, _INK), (by, 14, _MUTED)) if part[0]]
        if parts:
            self._box(Inches(2.4), Inches(4.6), parts)

    def bars(self, title: str, line: str, labels: Sequence[str], counts: Sequence[int], series: str) -> None:
        """Add a slide with horizontal bars, the first on top."""
        chart = self._chart(XL_CHART_TYPE.BAR_CLUSTERED, title, line, labels, counts, series)
        chart.category_axis.reverse_order = True

    def columns(self, title: str, line: str, labels: Sequence[str], counts: Sequence[int], series: str) -> None:
        """Add a slide with a histogram."""
        chart = self._chart(XL_CHART_TYPE.COLUMN_CLUSTERED, title, line, labels, counts, series)
        chart.plots[0].gap_width = 12

    def notes(self, lines: Iterable[str]) -> None:
        """Write the notes of the slide that was added last."""
        frame = self._slide.notes_slide.notes_text_frame
        frame.text = _clean("\n".join(lines))
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                self._letters(run.font, run.text)

    def _new(self, title: str, top: Length = Inches(0.45), height: Length = Inches(1.25), size: int = 30) -> None:  # noqa: B008  a length is a number
        self._slide = self._presentation.slides.add_slide(self._presentation.slide_layouts[_TITLE_ONLY])
        shape = self._slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = _LEFT, top, _WIDTH, height
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
        self._write(frame.paragraphs[0], title, size if len(title) < _LONG_TITLE else size - 8, _MAIN, bold=True)

    def _box(self, top: Length, height: Length, lines: Sequence[tuple[str, int, RGBColor]]) -> None:
        frame = self._slide.shapes.add_textbox(_LEFT, top, _WIDTH, height).text_frame
        frame.word_wrap = True
        for at, (text, size, colour) in enumerate(lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(4 if colour is _INK else 10)
            self._write(paragraph, text, size, colour)

    def _write(self, paragraph: Any, text: str, size: int, colour: RGBColor, *, bold: bool = False) -> None:
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = _clean(text)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        self._letters(run.font, text)

    def _chart(
        self, kind: Any, title: str, line: str, labels: Sequence[str], counts: Sequence[int], series: str
    ) -> Any:
        self._new(title)
        self._box(Inches(1.75), Inches(0.5), [(line, 18, _MUTED)])
        data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        data.categories = [_clean(label) for label in labels]
        data.add_series(_clean(series), list(counts))
        chart: Any = self._slide.shapes.add_chart(kind, _LEFT, Inches(2.35), _WIDTH, Inches(4.8), data).chart
        chart.has_legend = chart.has_title = False
        chart.font.size, chart.font.color.rgb = Pt(16 if len(labels) <= 8 else 12), _INK
        self._letters(chart.font, " ".join(labels))
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale = 0
        chart.category_axis.format.line.color.rgb = _MUTED
        plot = chart.plots[0]
        plot.gap_width, plot.vary_by_categories, plot.has_data_labels = 45, False, True
        plot.data_labels.show_value, plot.data_labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
        plot.series[0].format.fill.solid()
        plot.series[0].format.fill.fore_color.rgb = _MAIN
        return chart

    def _letters(self, font: Any, text: str) -> None:
        """Name letters for Latin and for the scripts that need shaping, and the language, by which lines are broken."""
        font.name = _LATIN
        properties = font._rPr  # python-pptx has no other way to the letters of complex scripts
        for old in properties.findall(qn("a:cs")):
            properties.remove(old)
        complex_script = properties.makeelement(qn("a:cs"), {"typeface": _LAO if _IS_LAO.search(text) else _KHMER})
        properties.find(qn("a:latin")).addnext(complex_script)
        properties.set("lang", _TAGS[self._language])


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
