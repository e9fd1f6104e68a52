"""Runs the second verifier's command many times in one run of Python: a JSON list in, of paths or of lists
of arguments; a JSON list of [exit code, stdout, stderr] out."""

import contextlib
import io
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from verify import main  # noqa: E402


def answer(asked):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(asked if isinstance(asked, list) else [asked])
    return [code, out.getvalue(), err.getvalue()]


json.dump([answer(asked) for asked in json.load(sys.stdin)], sys.stdout)
