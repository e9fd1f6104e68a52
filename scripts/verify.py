#!/usr/bin/env python3
"""Checks the record of a draw of lottery/v1 or v2, a second time and independently of the service's code.

usage: python3 scripts/verify.py [--now INSTANT] RECORD.ndjson[.gz]      (- reads standard input)

Events of lottery/v2 after INSTANT (YYYY-MM-DDTHH:MM:SSZ; without it the clock of this machine) are warned of.

Exit code 0: every line follows from the others. 1: a line differs, and is named. 2: malformed or
unreadable. It needs Python 3.11 and nothing else. It recomputes everything but one thing: it does
NOT check the BLS signature of drand, only that its SHA-256 is the randomness; the service's own
verifier (npm run verify) does, and so does any client of drand.
"""

import gzip
import sys
import time
import zlib

sys.dont_write_bytecode = True  # the import below would leave files behind

from lottery.judge import Verdict, judge  # noqa: E402
from lottery.wellformed import is_instant  # noqa: E402

LONGEST_LINE = 64 * 1024 * 1024
EXIT_CODES = {"verified": 0, "differs": 1, "malformed": 2}
NOT_CHECKED = "the BLS signature of drand is NOT checked by this program"


def lines_of(source):
    """The lines of a stream, unpacked if it begins like gzip. Bounded, whatever it holds."""
    head = source.peek(4)[:4]
    if head[:2] == b"\x1f\x8b":
        if head[3:] and head[3] & 0xE0:  # RFC 1952 reserves them, which gzip does not look at
            raise ValueError("gzip with flags that do not exist")
        source = gzip.open(source)
    while line := source.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise ValueError("a line is too long for a record")
        yield line


def verdict_on(path: str, now: str) -> Verdict:
    if path == "-":
        return judge(lines_of(sys.stdin.buffer), now)
    with open(path, "rb") as file:
        return judge(lines_of(file), now)


def read_arguments(arguments: list[str]) -> tuple[str, str] | None:
    """The record and the clock; None where the usage is wrong."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    if arguments[:1] == ["--now"]:
        if len(arguments) < 2 or not is_instant(arguments[1]):
            return None
        now, arguments = arguments[1], arguments[2:]
    if len(arguments) != 1 or (arguments[0].startswith("-") and arguments[0] != "-"):
        return None
    return arguments[0], now


def main(arguments: list[str]) -> int:
    if arguments in (["-h"], ["--help"]):
        print(__doc__.strip())
        return 0
    asked = read_arguments(arguments)
    if asked is None:
        print("usage: python3 scripts/verify.py [--now INSTANT] RECORD.ndjson[.gz] | -", file=sys.stderr)
        return 2
    try:
        verdict = verdict_on(*asked)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = str(error).encode("ascii", "backslashreplace").decode()
        print(f"cannot read the record: {' '.join(reason.split())}", file=sys.stderr)
        return 2
    if verdict.word == "verified":
        print(f"{verdict.text}; {NOT_CHECKED}")
        if verdict.warning:
            print(verdict.warning)
    else:
        print(f"line {verdict.line}: {verdict.text}", file=sys.stderr)
    return EXIT_CODES[verdict.word]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
