#!/usr/bin/env python3
"""Checks the record of a draw of lottery/v1 or v2, a second time and independently of the service's code.

usage: python3 scripts/verify.py [--now INSTANT] RECORD.ndjson[.gz]      (- reads standard input)
       python3 scripts/verify.py [--now INSTANT] [--register FILE] --series RECORD.ndjson[.gz]...
       python3 scripts/verify.py [--now INSTANT] --register FILE [RECORD.ndjson[.gz]]

Events of lottery/v2 after INSTANT (YYYY-MM-DDTHH:MM:SSZ; without it the clock of this machine) are warned of.
--series also checks that what entries have missed, are owed and rest from follows from draw to draw
(lottery/v2, section 9); --register gives the leaves of the public register that carry or credit misses. Draws that
it says were planned or frozen, and that have no result an hour after their time, are named as overdue.

Exit code 0: every line follows from the others. 1: a line differs, and is named. 2: malformed or
unreadable. It needs Python 3.11 and nothing else. It recomputes everything but one thing: it does
NOT check the BLS signature of drand, only that its SHA-256 is the randomness; the service's own
verifier (npm run verify) does, and so does any client of drand.
"""

import argparse
import gzip
import sys
import time
import zlib

sys.dont_write_bytecode = True  # the import below would leave files behind

from lottery.judge import Verdict, try_record  # noqa: E402
from lottery.overdue import Overdue  # noqa: E402
from lottery.series import Series, SeriesDiffers, read_leaves  # noqa: E402
from lottery.wellformed import Malformed, is_instant, read_line  # noqa: E402

LONGEST_LINE = 64 * 1024 * 1024
EXIT_CODES = {"verified": 0, "differs": 1, "malformed": 2}
NOT_CHECKED = "the BLS signature of drand is NOT checked by this program"
USAGE = "usage: python3 scripts/verify.py [--now INSTANT] RECORD | - | [--register FILE] --series RECORD... | --register FILE [RECORD]"


class Ended(Exception):
    """Ends the program with one line on standard error."""

    def __init__(self, code: int, line: str):
        super().__init__(line)
        self.code = code


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Ended(2, USAGE)


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


def lines_in(path: str):
    if path == "-":
        yield from lines_of(sys.stdin.buffer)
        return
    with open(path, "rb") as file:
        yield from lines_of(file)


def print_verdict(verdict: Verdict, before: str = "") -> None:
    if verdict.word != "verified":
        raise Ended(EXIT_CODES[verdict.word], f"{before}line {verdict.line}: {verdict.text}")
    print(f"{verdict.text}; {NOT_CHECKED}")
    if verdict.warning:
        print(verdict.warning)


def manifest_of(path: str) -> dict:
    """The first line of a record; whether it is right is found out later."""
    for raw in lines_in(path):
        manifest = read_line(raw, "lottery/v1")
        if manifest["kind"] != "manifest":
            raise Ended(1, f"{path}: line 1: expected a line of kind manifest")
        return manifest
    raise Ended(2, f"{path}: is empty")


def check_series(paths: list[str], register: str | None, now: str) -> None:
    overdue = Overdue()
    leaves = [] if register is None else read_leaves(overdue.watch(lines_in(register)))
    manifests = {path: manifest_of(path) for path in paths}
    if len({manifest["prefecture"] for manifest in manifests.values()}) > 1:
        raise Ended(2, "records of more than one prefecture are no series")
    if len({manifest["draw"] for manifest in manifests.values()}) < len(paths):
        raise Ended(2, "two records of one draw are no series")
    series, void = Series(leaves), 0
    for path in sorted(paths, key=lambda p: (manifests[p]["frozenAt"], manifests[p]["draw"])):
        court, verdict = try_record(lines_in(path), now)
        print_verdict(verdict, f"{path}: ")
        if court.is_void():
            void += 1
        elif court.algorithm == "lottery/v1":
            series.see_first(court)
        else:
            series.see(court)
    print_overdue(overdue, now)
    print(f"series of {len(paths)} records ({void} void and left out): {series.summary()}")


def print_overdue(overdue: Overdue, now: str) -> None:
    for note in overdue.notes(now):
        # Whatever a hostile file put into its members: no line of it can pose as ours.
        print(f"register: {note}".encode("ascii", "backslashreplace").decode())


def check_register(register: str, now: str) -> None:
    overdue, size = Overdue(), 0
    for size, _ in enumerate(overdue.watch(lines_in(register)), 1):
        pass
    print(f"register: {size} entries read for overdue draws; nothing else of it is checked by this program")
    print_overdue(overdue, now)


def main(arguments: list[str]) -> int:
    if arguments in (["-h"], ["--help"]):
        print(__doc__.strip())
        return 0
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--now", default=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    parser.add_argument("--register")
    parser.add_argument("--series", action="store_true")
    parser.add_argument("records", nargs="*")
    try:
        asked = parser.parse_args(arguments)
        if not is_instant(asked.now) or (asked.series and "-" in asked.records):
            raise Ended(2, USAGE)
        if not asked.records and (asked.series or asked.register is None):
            raise Ended(2, USAGE)
        if asked.series:
            check_series(asked.records, asked.register, asked.now)
        elif len(asked.records) > 1:
            raise Ended(2, USAGE)
        else:
            for record in asked.records:
                print_verdict(try_record(lines_in(record), asked.now)[1])
            if asked.register is not None:
                check_register(asked.register, asked.now)
    except Ended as error:
        print(error, file=sys.stderr)
        return error.code
    except SeriesDiffers as error:
        print(f"series: {error}", file=sys.stderr)
        return 1
    except Malformed as error:
        print(f"malformed: {error}", file=sys.stderr)
        return 2
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = str(error).encode("ascii", "backslashreplace").decode()
        print(f"cannot read the record: {' '.join(reason.split())}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
