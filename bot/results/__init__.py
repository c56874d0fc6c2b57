"""What came of a form: figures, pictures, a report, a workbook, slides, badges, a list of participants.

``figures`` is pure and counts once; everything else shows what it counted, in the words of one reader's language.
"""
