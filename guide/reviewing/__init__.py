"""Reports what a change means for readers: `make diff`.

Both versions of the project are read as plain values (`record_diff`) and compared record by record, in words;
`page_diff` compares the links and pictures of pages. `usage` renders the new version to find where each record is
shown, and `report` writes the result as Markdown.
"""
