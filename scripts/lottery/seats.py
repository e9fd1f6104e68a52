"""Who is drawn (§4) and who sits where (§5): a flow that is repaired, one person at a time."""

from collections import Counter

from .pool import Person, Slots


def numbers(bits: int):
    """The numbers in a set."""
    digits = bin(bits)[:1:-1]
    found = digits.find("1")
    while found >= 0:
        yield found
        found = digits.find("1", found + 1)


def lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


class Room:
    """Who sits in which slot at present. People of the same wish are not told apart."""

    def __init__(self, capacities: list[int], eligible: list[int]):
        self.eligible = eligible
        self.free = list(capacities)
        self.open = (1 << len(capacities)) - 1  # slots with a free place; a capacity is never 0
        self.sitting = [Counter() for _ in capacities]  # by slot: people of each wish
        self.where = [0] * len(eligible)  # by wish: the slots in which somebody of it sits

    def enter(self, wish: int, slot: int) -> None:
        self.occupy(slot)
        self.sitting[slot][wish] += 1
        self.where[wish] |= 1 << slot

    def leave(self, wish: int, slot: int) -> None:
        self.free[slot] += 1
        self.open |= 1 << slot
        self.sitting[slot][wish] -= 1
        if self.sitting[slot][wish] == 0:
            del self.sitting[slot][wish]
            self.where[wish] &= ~(1 << slot)

    def occupy(self, slot: int) -> None:
        self.free[slot] -= 1
        if self.free[slot] == 0:
            self.open &= ~(1 << slot)

    def search(self, start: int, within: int, goal: int):
        """Looks for a chain of moves from one of the slots `start` to one of `goal`.

        Gives (the end of the chain or None, how each slot was reached, the set of those reached).
        """
        unseen, queue, asked, origin = within, [], set(), {}
        steps = [(start, None)]
        while True:
            for bits, step in steps:
                fresh = bits & unseen
                if not fresh:
                    continue
                unseen ^= fresh
                if fresh & goal:
                    end = lowest(fresh & goal)
                    origin[end] = step
                    return end, origin, within ^ unseen
                for slot in numbers(fresh):
                    origin[slot] = step
                    queue.append(slot)
            if not queue:
                return None, origin, within ^ unseen
            slot = queue.pop()
            movable = [wish for wish in self.sitting[slot] if wish not in asked]
            asked.update(movable)
            steps = [(self.eligible[wish], (slot, wish)) for wish in movable]

    def shift(self, end: int, origin: dict) -> int:
        """Moves everybody along the chain. Gives its first slot, where a place is free now."""
        while origin[end] is not None:
            slot, wish = origin[end]
            self.leave(wish, slot)
            self.enter(wish, end)
            end = slot
        return end


def choose(ranking: list[Person], room: Room, rules: dict) -> list[Person]:
    """The winners, in rank order, all of them seated somewhere in the room."""
    quotas = rules.get("quotas", {})
    winners, by_type = set(), Counter()
    hopeful = (1 << len(room.free)) - 1

    def try_to_seat(position: int, person: Person) -> bool:
        nonlocal hopeful
        most = quotas.get(person.request_type, {}).get("max")
        if position in winners or (most is not None and by_type[person.request_type] >= most):
            return False
        wanted = room.eligible[person.wish] & hopeful
        if not wanted:
            return False
        end, origin, reached = room.search(wanted, hopeful, room.open)
        if end is None:
            # Everybody in there can sit nowhere else, now and for ever: nobody needs to ask again.
            hopeful &= ~reached
            return False
        room.enter(person.wish, room.shift(end, origin))
        winners.add(position)
        by_type[person.request_type] += 1
        return True

    left = rules.get("priorityMax", 0)
    for position, person in enumerate(ranking):
        if left > 0 and person.priority and try_to_seat(position, person):
            left -= 1
    for position, person in enumerate(ranking):
        least = quotas.get(person.request_type, {}).get("min", 0)
        if by_type[person.request_type] < least:
            try_to_seat(position, person)
    for position, person in enumerate(ranking):
        try_to_seat(position, person)
    return [ranking[position] for position in sorted(winners)]


class Seating:
    """Fixes the winners' seats, best rank first.

    Slots are kept in regions between which nobody can move. A wish that turns out to be impossible
    splits off the region that it would have had to break into, so that is found out only once.
    """

    def __init__(self, room: Room, slots: Slots, wishes: list):
        self.room = room
        self.unfixed = [slot["capacity"] for slot in slots.slots]
        self.preferences = [slots.in_order(accepts, room.eligible[n]) for n, (_, accepts) in enumerate(wishes)]
        self.next_choice = {}
        self.region_of = [0] * len(self.unfixed)
        self.regions = [(1 << len(self.unfixed)) - 1]

    def fix(self, wish: int) -> int:
        """The slot of the next person, who has this wish."""
        if wish not in self.next_choice:
            self.next_choice[wish] = next(self.preferences[wish])
        # What was impossible for one person is impossible for the next one of the same wish.
        while not self._take(wish, self.next_choice[wish]):
            self.next_choice[wish] = next(self.preferences[wish])
        return self.next_choice[wish]

    def _take(self, wish: int, slot: int) -> bool:
        room = self.room
        region = self.region_of[lowest(room.where[wish])]
        if self.unfixed[slot] == 0 or self.region_of[slot] != region:
            return False
        goal = room.open | room.where[wish]
        end, origin, reached = room.search(1 << slot, self.regions[region], goal)
        if end is None:
            self._split(region, reached)
            return False
        seat = end if room.where[wish] >> end & 1 else lowest(room.where[wish])
        room.leave(wish, seat)
        room.occupy(room.shift(end, origin))
        self.unfixed[slot] -= 1
        return True

    def _split(self, region: int, part: int) -> None:
        self.regions[region] &= ~part
        for slot in numbers(part):
            self.region_of[slot] = len(self.regions)
        self.regions.append(part)


def draw(ranking: list[Person], slots: Slots, wishes: list, rules: dict) -> list[tuple[str, str]]:
    """The winners and their slots, as ids, in rank order."""
    eligible = [slots.eligible(request_type, accepts) for request_type, accepts in wishes]
    room = Room([slot["capacity"] for slot in slots.slots], eligible)
    winners = choose(ranking, room, rules)
    seating = Seating(room, slots, wishes)
    return [(person.id, slots.ids[seating.fix(person.wish)]) for person in winners]
