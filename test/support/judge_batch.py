"""Judges many records in one run of Python: a JSON list of records in, each a list of lines (Latin-1,
one character a byte); a JSON list of [word, line, text] out."""

import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from lottery.judge import judge  # noqa: E402

records = json.load(sys.stdin)
json.dump([judge(line.encode("latin-1") for line in lines) for lines in records], sys.stdout)
