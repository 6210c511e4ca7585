"""What all records share: texts, ids, dates, kinds, problems with their places, and all records of a guide.

Nothing here reads a file or knows HTML.
"""
