"""One line of a record (§7): its form, judged by tables of what §1, §2 and §7 allow."""

import json
import re

from . import calendar

LARGEST = 2**53 - 1


class Malformed(Exception):
    """The record is refused as a whole."""


def canonical(value) -> str:
    """RFC 8785, for values whose names and texts are ASCII and whose numbers are integers."""
    return _encode(value)


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def integer(low, high=LARGEST):
    def check(value, where):
        if type(value) is not int or not low <= value <= high:
            limit = "below 2^53" if high == LARGEST else f"at most {high}"
            raise Malformed(f"{where}: must be an integer, at least {low}, {limit}")

    return check


def text(pattern, what, condition=None):
    matches = re.compile(pattern).fullmatch

    def check(value, where):
        if not isinstance(value, str) or not matches(value) or (condition and not condition(value)):
            raise Malformed(f"{where}: must be {what}")

    return check


def exactly(wanted):
    def check(value, where):
        if type(value) is not type(wanted) or value != wanted:
            raise Malformed(f"{where}: must be {canonical(wanted)}")

    return check


def several(check_item):
    """A list of at least one item, none of them twice."""

    def check(value, where):
        if not isinstance(value, list) or not value:
            raise Malformed(f"{where}: must be a list that is not empty")
        for number, item in enumerate(value):
            check_item(item, f"{where}[{number}]")
        if len({canonical(item) for item in value}) != len(value):
            raise Malformed(f"{where}: must not repeat an item")

    return check


def any_of(*words):
    def check(value, where):
        if not isinstance(value, str) or value not in words:
            raise Malformed(f"{where}: must be one of {', '.join(words)}")

    return check


def members(required, optional=None):
    """An object with all of the required members, perhaps the optional ones, and no others."""
    known = {**required, **(optional or {})}

    def check(value, where):
        if not isinstance(value, dict):
            raise Malformed(f"{where}: must be an object")
        for name, item in value.items():
            if name not in known:
                raise Malformed(f"{where}: must not have the member {name[:60]!a}")
            known[name](item, f"{where}.{name}")
        for name in required:
            if name not in value:
                raise Malformed(f"{where}.{name}: must be given")

    return check


def one_of(member, variants):
    """An object whose form depends on one of its members."""

    def check(value, where):
        choice = value.get(member) if isinstance(value, dict) else None
        if not isinstance(choice, str) or choice not in variants:
            raise Malformed(f"{where}.{member}: must be one of {', '.join(variants)}")
        variants[choice](value, where)

    return check


def quotas(value, where):
    if not isinstance(value, dict):
        raise Malformed(f"{where}: must be an object")
    for name, quota in value.items():
        IDENTIFIER(name, f"{where}, the name {name[:60]!a}")
        QUOTA(quota, f"{where}.{name}")


_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
IDENTIFIER = text(r"[A-Za-z0-9._-]{1,48}", "an identifier")
HASH = text(r"[0-9a-f]{64}", "64 lowercase hex digits")
SIGNATURE = text(r"[0-9a-f]{96}", "96 lowercase hex digits")
DATE = text(_DATE, "a real date", calendar.is_real)
START = text(rf"{_DATE}T{_CLOCK}:[0-5][0-9][+-]{_CLOCK}", "a real time with offset", calendar.is_real)
INSTANT = text(rf"{_DATE}T{_CLOCK}:[0-5][0-9]Z", "a real instant", calendar.is_real)
TIME = text(_CLOCK, "a time, 00:00 to 23:59")
END = text(rf"{_CLOCK}|24:00", "a time, 00:00 to 24:00")
QUOTA = members({}, {"min": integer(0), "max": integer(0)})
V1, V2 = "lottery/v1", "lottery/v2"
CAUSE = any_of("strike", "illness", "building", "holiday", "error", "court", "other")
REJECTION = any_of("identity", "document", "ineligible", "duplicate", "other")
BY = {"by": any_of("staff", "helper")}
WINDOW = members({"days": several(integer(1, 7)), "from": TIME, "until": END})
ACCEPTS = members(
    {},
    {"sites": several(IDENTIFIER), "windows": several(WINDOW), "notBefore": DATE, "notAfter": DATE},
)
TREE = members({"count": integer(0), "root": HASH})
SOURCE = one_of(
    "source",
    {
        "drand": members({"source": exactly("drand"), "chain": HASH, "round": integer(1)}),
        "operator": members({"source": exactly("operator"), "commitment": HASH}),
    },
)


def _kind(name, required, optional=None):
    return members({"kind": exactly(name), **required}, optional)


def _entropy(value, where):
    revealed = {"secret": HASH} if "secret" in value else {"randomness": HASH, "signature": SIGNATURE}
    _kind("entropy", revealed)(value, where)


def _rules(algorithm):
    ageing = {"ticketsPerMiss": integer(0, 1000), "maxTickets": integer(1, 1000), "guaranteeAfter": integer(0)}
    if algorithm == V2:
        ageing["guaranteeRest"] = integer(0, 100)
    return members({}, {"quotas": quotas, "priorityMax": integer(0), "ageing": members({}, ageing)})


def _manifest(algorithm):
    return _kind(
        "manifest",
        {
            "algorithm": exactly(algorithm),
            "draw": IDENTIFIER,
            "prefecture": IDENTIFIER,
            "frozenAt": INSTANT,
            "rules": _rules(algorithm),
            "entries": TREE,
            "slots": TREE,
            "entropy": SOURCE,
        },
    )


def _entry(algorithm):
    optional = {"priority": exactly(True), "accepts": ACCEPTS}
    if algorithm == V2:
        optional |= {"party": integer(2, 6), "owed": exactly(True), "resting": exactly(True)}
    needed = {"id": IDENTIFIER, "requestType": IDENTIFIER, "missed": integer(0)}
    return _kind("entry", needed, optional)


def _events(algorithm):
    """By type: the members that it needs, and those that it may have."""
    entry, place = {"entry": IDENTIFIER}, {"entry": IDENTIFIER, "slot": IDENTIFIER}
    if algorithm == V1:
        answers = ("accepted", "declined", "expired", "cancelled", "revoked", "refilled")
        forms = {**dict.fromkeys(answers, (place, {})), "withdrawn": (entry, {}), "void": ({}, {})}
    else:
        offer = {**place, "until": INSTANT}
        forms = {
            **dict.fromkeys(("offered", "extended", "refilled"), (offer, {})),
            **dict.fromkeys(("accepted", "declined", "cancelled"), (place, BY)),
            "expired": (place, {}),
            "revoked": ({**place, "cause": CAUSE}, {}),
            "withdrawn": (entry, BY),
            "rejected": ({**entry, "cause": REJECTION}, {}),
            "closed": ({"slot": IDENTIFIER, "cause": CAUSE}, {}),
            "void": ({}, {}),
        }
    return {
        name: _kind("event", {"at": INSTANT, "type": exactly(name), **needed}, optional)
        for name, (needed, optional) in forms.items()
    }


def _line(algorithm):
    return one_of(
        "kind",
        {
            # A manifest says itself what it is of.
            "manifest": one_of("algorithm", {name: _manifest(name) for name in (V1, V2)}),
            "slot": SLOT,
            "entry": _entry(algorithm),
            "entropy": _entropy,
            "winner": _kind("winner", {"entry": IDENTIFIER, "slot": IDENTIFIER}),
            "outcome": _kind("outcome", {"hash": HASH}),
            "event": one_of("type", _events(algorithm)),
        },
    )


SLOT = _kind(
    "slot",
    {
        "id": IDENTIFIER,
        "site": IDENTIFIER,
        "start": START,
        "capacity": integer(1),
        "requestTypes": several(IDENTIFIER),
    },
)
LINES = {name: _line(name) for name in (V1, V2)}


def read_line(raw: bytes, algorithm: str) -> dict:
    """The members of a line of such a record, `kind` among them. Raises Malformed."""
    if not raw.endswith(b"\n"):
        raise Malformed("must end with a line feed")
    try:
        body = raw[:-1].decode("ascii")
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("is not JSON in ASCII") from None
    if not isinstance(value, dict):
        raise Malformed("must be a JSON object")
    LINES[algorithm](value, "line")
    # A member given twice is lost by reading, so it shows here as well.
    if canonical(value) != body:
        raise Malformed("is not its own RFC 8785 serialisation")
    return value


def is_instant(value: str) -> bool:
    try:
        INSTANT(value, "")
    except Malformed:
        return False
    return True
