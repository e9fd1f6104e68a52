"""After the draw: offers, freed places, the reserve list (§6, §7)."""

from collections import Counter

from .pool import Person, Slots

OFFER, APPOINTMENT = "offer", "appointment"
NEEDED = {
    "accepted": {OFFER},
    "declined": {OFFER},
    "expired": {OFFER},
    "cancelled": {APPOINTMENT},
    "revoked": {OFFER, APPOINTMENT},
}


class Aftermath:
    """The state of a draw after its outcome. `apply` answers with what is wrong, or None."""

    def __init__(self, ranking: list[Person], slots: Slots, wishes: list, rules: dict, winners):
        self.slots = slots
        self.eligible = [slots.eligible(*wish) for wish in wishes]
        self.max = {name: q["max"] for name, q in rules.get("quotas", {}).items() if "max" in q}
        self.people = {person.id: person for person in ranking}
        self.queues = {}  # by request type, in rank order
        for position, person in enumerate(ranking):
            self.queues.setdefault(person.request_type, []).append((position, person))
        self.passed = {}  # by request type and slot: how much of the queue is settled
        self.held, self.off_list, self.withdrawn = {}, set(), set()
        self.freed, self.in_use = Counter(), Counter()
        self.is_void = False
        for entry, slot in winners:
            self._offer(entry, slot)

    def apply(self, event: dict) -> str | None:
        if self.is_void:
            return "nothing may follow a void"
        if event["type"] == "void":
            self.is_void = True
            return None
        entry = event["entry"]
        if entry not in self.people:
            return f"entry {entry} is not of this draw"
        if event["type"] == "withdrawn":
            return self._withdraw(entry)
        if event["slot"] not in self.slots.number:
            return f"slot {event['slot']} is not of this draw"
        if event["type"] == "refilled":
            return self._refill(entry, event["slot"])
        return self._answer(event["type"], entry, event["slot"])

    def _withdraw(self, entry: str) -> str | None:
        if entry in self.withdrawn:
            return f"entry {entry} has withdrawn before"
        self.withdrawn.add(entry)
        self.off_list.add(entry)
        if entry in self.held:
            self._free(entry)
        return None

    def _refill(self, entry: str, slot: str) -> str | None:
        if self.freed[slot] == 0:
            return f"no place of slot {slot} is freed"
        named = self._first(slot)
        if named != entry:
            return f"the freed place of slot {slot} goes to {named or 'nobody'}, not to {entry}"
        self.freed[slot] -= 1
        self._offer(entry, slot)
        return None

    def _answer(self, answer: str, entry: str, slot: str) -> str | None:
        held, at = self.held.get(entry, (None, None))
        if at != slot or held not in NEEDED[answer]:
            return f"entry {entry} has no {' or '.join(sorted(NEEDED[answer]))} of slot {slot}"
        if answer == "accepted":
            self.held[entry] = (APPOINTMENT, slot)
        else:
            self._free(entry)
        return None

    def _first(self, slot: str) -> str | None:
        """Whom §6 names. Nobody comes back to the list, so each queue is gone through once."""
        number = self.slots.number[slot]
        heads = []
        for request_type in self.slots.slots[number]["requestTypes"]:
            if self.in_use[request_type] >= self.max.get(request_type, float("inf")):
                continue
            queue = self.queues.get(request_type, [])
            at = self.passed.get((request_type, slot), 0)
            while at < len(queue) and not self._may_take(queue[at][1], number):
                at += 1
            self.passed[request_type, slot] = at
            heads += queue[at : at + 1]
        return min(heads)[1].id if heads else None

    def _may_take(self, person: Person, number: int) -> bool:
        return person.id not in self.off_list and self.eligible[person.wish] >> number & 1 == 1

    def _offer(self, entry: str, slot: str) -> None:
        self.off_list.add(entry)
        self.held[entry] = (OFFER, slot)
        self.in_use[self.people[entry].request_type] += 1

    def _free(self, entry: str) -> None:
        _, slot = self.held.pop(entry)
        self.freed[slot] += 1
        self.in_use[self.people[entry].request_type] -= 1
