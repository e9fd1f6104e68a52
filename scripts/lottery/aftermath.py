"""After the draw: offers, freed places, the reserve list, closed slots (§6, §7)."""

from collections import Counter
from typing import NamedTuple

from .pool import Person, Slots, Wishes

PLACE, OFFER, APPOINTMENT = "place", "offer", "appointment"
NEEDED = {
    "offered": {PLACE},
    "extended": {OFFER},
    "accepted": {OFFER},
    "declined": {OFFER},
    "expired": {OFFER},
    "cancelled": {APPOINTMENT},
    "revoked": {PLACE, OFFER, APPOINTMENT},
}


class Held(NamedTuple):
    what: str
    slot: str
    until: str | None = None


class Aftermath:
    """The state of a draw after its outcome. `apply` answers with what is wrong, or None."""

    def __init__(self, algorithm: str, ranking: list[Person], slots: Slots, wishes: Wishes, rules: dict, winners):
        self.slots = slots
        self.eligible = [slots.eligible(*wish) for wish in wishes.all]
        self.max = {name: q["max"] for name, q in rules.get("quotas", {}).items() if "max" in q}
        self.people = {person.id: person for person in ranking}
        self.queues = {}  # by request type and size of party, in rank order
        for position, person in enumerate(ranking):
            by_size = self.queues.setdefault(person.request_type, {})
            by_size.setdefault(person.party, []).append((position, person))
        self.passed = {}  # by request type, size and slot: how much of the queue is settled
        self.held, self.off_list, self.left = {}, set(), {}
        self.freed, self.in_use = Counter(), Counter()  # places
        self.closed = set()
        self.is_void = False
        # In v1 the outcome is the offer; in v2 a winner has its place, and is offered it later.
        self.is_first = algorithm == "lottery/v1"
        for entry, slot in winners:
            self._hold(entry, Held(OFFER if self.is_first else PLACE, slot))

    def apply(self, event: dict) -> str | None:
        kind = event["type"]
        if self.is_void:
            return "nothing may follow a void"
        if kind == "void":
            self.is_void = True
            return None
        if "entry" in event and event["entry"] not in self.people:
            return f"entry {event['entry']} is not of this draw"
        if "slot" in event and event["slot"] not in self.slots.number:
            return f"slot {event['slot']} is not of this draw"
        if kind == "closed":
            return self._close(event["slot"])
        if kind in ("withdrawn", "rejected"):
            return self._leave(event["entry"], kind)
        return self._refill(event) if kind == "refilled" else self._answer(kind, event)

    def _close(self, slot: str) -> str | None:
        if slot in self.closed:
            return f"slot {slot} was closed before"
        for entry in [entry for entry, held in self.held.items() if held.slot == slot]:
            self._free(entry)
        self.closed.add(slot)
        del self.freed[slot]
        return None

    def _leave(self, entry: str, how: str) -> str | None:
        if entry in self.left:
            return f"entry {entry} was {self.left[entry]} before"
        self.left[entry] = how
        self.off_list.add(entry)
        if entry in self.held:
            self._free(entry)
        return None

    def _refill(self, event: dict) -> str | None:
        entry, slot = event["entry"], event["slot"]
        if slot in self.closed:
            return f"slot {slot} is closed"
        if self.freed[slot] == 0:
            return f"no place of slot {slot} is freed"
        named = self._first(slot)
        if named != entry:
            return f"the freed place of slot {slot} goes to {named or 'nobody'}, not to {entry}"
        wrong = self._too_soon(event)
        if wrong:
            return wrong
        self.freed[slot] -= self.people[entry].party
        self._hold(entry, Held(OFFER, slot, event.get("until")))
        return None

    def _answer(self, answer: str, event: dict) -> str | None:
        entry = event["entry"]
        held = self.held.get(entry)
        if held is None or held.slot != event["slot"] or held.what not in NEEDED[answer]:
            return f"entry {entry} has no {' or '.join(sorted(NEEDED[answer]))} of slot {event['slot']}"
        if answer == "offered":
            wrong = self._too_soon(event)
            if not wrong:
                self.held[entry] = Held(OFFER, held.slot, event["until"])
            return wrong
        if answer == "extended":
            if event["until"] <= held.until:
                return f"until is not later than {held.until}"
            self.held[entry] = held._replace(until=event["until"])
        elif answer == "accepted":
            self.held[entry] = Held(APPOINTMENT, held.slot)
        elif answer == "expired" and held.until is not None and event["at"] < held.until:
            return f"the offer can be answered until {held.until}"
        else:
            self._free(entry)
        return None

    def _too_soon(self, event: dict) -> str | None:
        """An offer begins before it ends; in v1 it says nothing of its end."""
        if self.is_first or event["at"] < event["until"]:
            return None
        return f"until is not after {event['at']}"

    def _first(self, slot: str) -> str | None:
        """Whom §6 names. Nobody comes back to the list, so each queue is gone through once."""
        number = self.slots.number[slot]
        heads = []
        for request_type in self.slots.slots[number]["requestTypes"]:
            most = self.max.get(request_type, float("inf"))
            for size, queue in self.queues.get(request_type, {}).items():
                if size > self.freed[slot] or self.in_use[request_type] + size > most:
                    continue
                at = self.passed.get((request_type, size, slot), 0)
                while at < len(queue) and not self._may_take(queue[at][1], number):
                    at += 1
                self.passed[request_type, size, slot] = at
                heads += queue[at : at + 1]
        return min(heads)[1].id if heads else None

    def _may_take(self, person: Person, number: int) -> bool:
        return person.id not in self.off_list and self.eligible[person.wish] >> number & 1 == 1

    def _hold(self, entry: str, held: Held) -> None:
        self.off_list.add(entry)
        self.held[entry] = held
        person = self.people[entry]
        self.in_use[person.request_type] += person.party

    def _free(self, entry: str) -> None:
        person, held = self.people[entry], self.held.pop(entry)
        self.freed[held.slot] += person.party
        self.in_use[person.request_type] -= person.party
