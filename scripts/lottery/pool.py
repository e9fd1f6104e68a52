"""The frozen pool: entries, slots, and which of them go together (§1, §4)."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from .calendar import instant, weekday
from .hashing import smallest_ticket
from .wellformed import canonical


class Person(NamedTuple):
    id: str
    request_type: str
    missed: int
    priority: bool
    wish: int  # number of what the person asks for: the request type and `accepts`
    party: int = 1  # people who come together, and so places of one slot
    owed: bool = False
    resting: bool = False


class Wishes:
    """What people ask for. Many ask for the same, so each different wish is kept once."""

    def __init__(self):
        self.all = []
        self._numbers = {}

    def number(self, request_type: str, accepts: dict | None) -> int:
        key = (request_type, None if accepts is None else canonical(accepts))
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append((request_type, accepts or {}))
        return self._numbers[key]


class Slots:
    """The slots of a draw, numbered by local date. A set of slots is an integer, one bit for each."""

    def __init__(self, slots: list[dict]):
        self.slots = sorted(slots, key=lambda slot: (slot["start"][:10], slot["id"]))
        self.ids = [slot["id"] for slot in self.slots]
        self.number = {name: number for number, name in enumerate(self.ids)}
        self._dates = [slot["start"][:10] for slot in self.slots]
        self._types, self._sites, self._moments = {}, {}, {}
        for number, slot in enumerate(self.slots):
            start = slot["start"]
            for request_type in slot["requestTypes"]:
                self._types[request_type] = self._types.get(request_type, 0) | 1 << number
            self._sites[slot["site"]] = self._sites.get(slot["site"], 0) | 1 << number
            moment = (weekday(start), start[11:19])
            self._moments[moment] = self._moments.get(moment, 0) | 1 << number
        self._within = {}
        order = sorted(
            range(len(self.slots)), key=lambda n: (instant(self.slots[n]["start"]), self.ids[n])
        )
        self._in_time = {None: order}
        for number in order:
            self._in_time.setdefault(self.slots[number]["site"], []).append(number)

    def eligible(self, request_type: str, accepts: dict) -> int:
        """The slots that such an entry is eligible for."""
        found = self._types.get(request_type, 0)
        if "sites" in accepts:
            there = 0
            for site in accepts["sites"]:
                there |= self._sites.get(site, 0)
            found &= there
        if "notBefore" in accepts:
            earlier = bisect_left(self._dates, accepts["notBefore"])
            found = found >> earlier << earlier
        if "notAfter" in accepts:
            found &= (1 << bisect_right(self._dates, accepts["notAfter"])) - 1
        if "windows" in accepts:
            found &= self._inside(accepts["windows"])
        return found

    def _inside(self, windows: list[dict]) -> int:
        key = canonical(windows)
        if key not in self._within:
            self._within[key] = 0
            for (day, time), slots in self._moments.items():
                # `HH:MM` sorts before `HH:MM:SS` of the same minute.
                if any(day in w["days"] and w["from"] <= time < w["until"] for w in windows):
                    self._within[key] |= slots
        return self._within[key]

    def in_order(self, accepts: dict, eligible: int):
        """Eligible slots as such an entry prefers them (§5): site, instant, id."""
        for site in accepts.get("sites", [None]):
            for number in self._in_time.get(site, []):
                if eligible >> number & 1:
                    yield number


def rank(people: list[Person], seed: str, rules: dict) -> list[Person]:
    """Everybody in rank order (§3): the owed first, then the guaranteed, then by number, then by id."""
    ageing = rules.get("ageing", {})
    guarantee = ageing.get("guaranteeAfter")

    def key(person):
        guaranteed = guarantee is not None and person.missed >= guarantee and not person.resting
        number = smallest_ticket(seed, person.id, person.missed, ageing)
        return not person.owed, not guaranteed, number, person.id

    return sorted(people, key=key)
