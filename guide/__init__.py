"""The generator: reads a guide as it is written, checks it, renders it, and writes it out.

data/*.yaml, docs/*.md -> reading -> records and pages -> rendering -> outputs; checking and reviewing look on, engine
connects all of it to MkDocs, commands are what `make` calls. Imports point one way: model, reading, rendering, outputs,
engine, commands.
"""
