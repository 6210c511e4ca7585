"""Reads data/ and docs/: files become records and pages, with the line of everything and problems in plain words.

A file is first checked against limits (`files`, `docs_folder`). A data file is parsed into nodes (`yaml_nodes`) and
validated by the models (`records`), whose errors are explained in the author's words (`model_errors`). A page's calls
are replaced by tokens (`calls`), its Markdown is converted (`page_html`) and checked against an allow-list
(`allowed_html`), and a second parser finds the lines (`outline`). The results are a `Guide`, a dict of `Page`s, and a
list of problems.
"""
