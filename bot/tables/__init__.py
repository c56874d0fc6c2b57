"""The network's tables: read from a spreadsheet, checked, compared with what is stored, and written back.

The tables are described for coordinators in ``docs/tables.md``.
"""
