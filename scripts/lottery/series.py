"""From draw to draw (§9 of v2): nobody ages, is owed or rests by somebody's hand."""

import json
from typing import NamedTuple

from .pool import Person, Slots
from .wellformed import DATE, IDENTIFIER, INSTANT, Malformed, canonical, exactly, integer, members

LEAVES = {
    "carried": members(
        {
            "at": INSTANT,
            "from": IDENTIFIER,
            "kind": exactly("carried"),
            "missed": integer(0),
            "to": IDENTIFIER,
        }
    ),
    "credited": members(
        {
            "at": INSTANT,
            "entry": IDENTIFIER,
            "kind": exactly("credited"),
            "missed": integer(0),
            "since": DATE,
        }
    ),
}


class SeriesDiffers(Exception):
    """An entry of a draw does not say what follows from the draws before."""


class Stay(NamedTuple):
    """What an entry was in one draw, and what became of its place there."""

    draw: str
    person: Person
    could_come: bool
    was_guaranteed: bool
    offered: str | None  # when
    ended: tuple[str, str] | None  # when, by what


class Series:
    """Takes judges of verified draws that are not void, in the order of their freezes."""

    def __init__(self, leaves: list[dict]):
        self.leaves = leaves
        self.stays = {}  # by entry: all its draws of v2
        self.before_v2 = set()
        self.carried_away = {}
        self.draws = 0
        self.counts = {"carried": 0, "credited": 0, "priority": 0, "party": 0}

    def see_first(self, court) -> None:
        """A draw of v1: an entry of it takes its misses as they stand into its first draw of v2."""
        self.before_v2.update(person.id for person in court.people)

    def see(self, court) -> None:
        if self.draws > 0:
            here = {person.id: person for person in court.people}
            for person in court.people:
                wrong = self._wrong(person, court.manifest, here)
                if wrong:
                    raise SeriesDiffers(f"draw {court.manifest['draw']}, entry {person.id}: {wrong}")
        self.draws += 1
        for stay in stays_of(court):
            self.stays.setdefault(stay.person.id, []).append(stay)

    def _wrong(self, person: Person, manifest: dict, here: dict) -> str | None:
        if person.id in self.carried_away:
            return f"was carried to {self.carried_away[person.id]} before"
        if person.id not in self.stays:
            return None if person.id in self.before_v2 else self._wrong_news(person, manifest, here)
        stay = self.stays[person.id][-1]
        said = (person.missed, person.owed, person.resting)
        expected = self._expected(person.id, manifest)
        if said != expected and said == self._expected(person.id, manifest, same_second=True):
            expected = said
        missed, owed, resting = expected
        if person.missed != missed:
            return f"missed is {person.missed}, from draw {stay.draw} follows {missed}"
        if person.owed != owed:
            return f"owed is {person.owed}, from draw {stay.draw} follows {owed}"
        if person.resting != resting:
            return f"resting is {person.resting}, {resting} follows"
        self.counts["priority"] += person.priority != stay.person.priority
        self.counts["party"] += person.party != stay.person.party
        return None

    def _expected(self, entry: str, later: dict, same_second: bool = False):
        """What the entry must say in a later draw: missed, owed, resting.

        Records know whole seconds. What happened in that of the freeze came after it, or before it
        where `same_second` says so.
        """
        # With a sign behind it, the same instant comes before it.
        freeze = later["frozenAt"] + ("~" if same_second else "")
        stays = self.stays[entry]
        last = stays[-1]
        offered = last.offered is not None and last.offered < freeze
        missed = last.person.missed + (last.could_come and not offered)
        owed = (last.person.owed and not offered) or end(last, freeze) in ("revoked", "closed")
        rest = later["rules"].get("ageing", {}).get("guaranteeRest", 0)
        recent = stays[-rest:] if rest > 0 else []
        resting = any(
            stay.was_guaranteed
            and stay.offered is not None
            and end(stay, freeze) in ("declined", "expired", "cancelled")
            for stay in recent
        )
        return missed, owed, resting

    def _wrong_news(self, person: Person, manifest: dict, here: dict) -> str | None:
        if person.owed or person.resting:
            return "is new, and owed or resting"
        if person.missed == 0:
            return None
        own = [leaf for leaf in self.leaves if leaf.get("to", leaf.get("entry")) == person.id]
        if len(own) != 1:
            return f"is new, and missed is {person.missed} with {len(own)} leaves of the register"
        leaf = own[0]
        if leaf["missed"] != person.missed:
            return f"missed is {person.missed}, its leaf says {leaf['missed']}"
        wrong = self._wrong_source(leaf, manifest, here) if leaf["kind"] == "carried" else None
        self.counts[leaf["kind"]] += wrong is None
        return wrong

    def _wrong_source(self, leaf: dict, manifest: dict, here: dict) -> str | None:
        source = leaf["from"]
        if source not in self.stays:
            return f"is carried from {source}, which is in no earlier draw"
        missed, _, _ = self._expected(source, manifest)
        if leaf["missed"] not in (missed, self._expected(source, manifest, True)[0]):
            return f"is carried from {source}, which would have missed {missed}"
        targets = [other["to"] for other in self.leaves if other.get("from") == source]
        if source not in here:
            if len(targets) > 1:
                return f"is carried from {source}, which is carried to others too"
            self.carried_away[source] = leaf["to"]
            return None
        new = sum(target in here and target not in self.stays for target in targets)
        if here[source].party != self.stays[source][-1].person.party - new:
            return f"is carried from {source}, which is not a party that is smaller by {new}"
        return None

    def summary(self) -> str:
        counts = self.counts
        return (
            f"{max(self.draws - 1, 0)} draws follow from those before; carried: {counts['carried']}, "
            f"credited: {counts['credited']}; changes of priority: {counts['priority']}, "
            f"of party: {counts['party']}"
        )


def end(stay: Stay, freeze: str) -> str | None:
    """By what the place ended before a freeze, if it did."""
    return stay.ended[1] if stay.ended is not None and stay.ended[0] < freeze else None


def stays_of(court):
    slots = Slots(court.slot_lines)
    eligible = [slots.eligible(*wish) for wish in court.wishes.all]
    roomy = [0] * 7  # by size of party: the slots that have as many places
    for number, slot in enumerate(slots.slots):
        for size in range(1, 7):
            roomy[size] |= (slot["capacity"] >= size) << number
    after = court.manifest["rules"].get("ageing", {}).get("guaranteeAfter", float("inf"))
    offered, ended = fates(court)
    for person in court.people:
        yield Stay(
            court.manifest["draw"],
            person,
            eligible[person.wish] & roomy[person.party] != 0,
            person.missed >= after and not person.resting,
            offered.get(person.id),
            ended.get(person.id),
        )


def fates(court) -> tuple[dict, dict]:
    """By entry: when it was offered its place, and when and by what that ended."""
    holds, offered, ended = dict(court.winners), {}, {}
    for event in court.events:
        kind, entry = event["type"], event.get("entry")
        if kind in ("offered", "refilled"):
            offered[entry], holds[entry] = event["at"], event["slot"]
        elif kind == "closed":
            for holder in [name for name, slot in holds.items() if slot == event["slot"]]:
                del holds[holder]
                ended[holder] = event["at"], kind
        elif kind not in ("accepted", "extended") and entry in holds:
            del holds[entry]
            ended[entry] = event["at"], kind
    return offered, ended


def read_leaves(lines) -> list[dict]:
    """The leaves of a register that §9 speaks of, out of all its lines. Raises Malformed."""
    found = []
    for number, raw in enumerate(lines, 1):
        try:
            leaf = json.loads(raw)
        except (ValueError, RecursionError):
            raise Malformed(f"line {number} of the register is not JSON") from None
        kind = leaf.get("kind") if isinstance(leaf, dict) else None
        if kind in ("carried", "credited"):
            LEAVES[kind](leaf, f"line {number} of the register")
            if canonical(leaf).encode() + b"\n" != raw:
                raise Malformed(f"line {number} of the register is not its RFC 8785 serialisation")
            found.append(leaf)
    return found
