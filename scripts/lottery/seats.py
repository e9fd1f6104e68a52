"""Who is drawn (§4) and who sits where (§5): a flow that is repaired, one person at a time.

A party (v2) is fixed to its slot when it is accepted; only single people are ever moved.
"""

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

    def occupy(self, slot: int, places: int = 1) -> None:
        self.free[slot] -= places
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


class Choice:
    """The winners so far, all of them seated somewhere in the room."""

    def __init__(self, ranking: list[Person], room: Room, slots: Slots, wishes: list, quotas: dict):
        self.ranking, self.room, self.slots, self.wishes, self.quotas = ranking, room, slots, wishes, quotas
        self.winners = {}  # position in the ranking -> the slot of a party, None for a single person
        self.by_type = Counter()  # places
        self.unparted = list(room.free)  # places of each slot that no party has
        self.hopeful = (1 << len(room.free)) - 1  # slots in which a single person may still find a place
        self.hopeless = set()  # (wish, size of a party): what failed once fails for ever
        self.crowded = [0] * 7  # by size of a party: slots that cannot be emptied that far

    def accept(self, position: int) -> bool:
        person = self.ranking[position]
        most = self.quotas.get(person.request_type, {}).get("max", float("inf"))
        if position in self.winners or self.by_type[person.request_type] + person.party > most:
            return False
        slot = None
        if person.party == 1:
            if not self._seat(person.wish):
                return False
        else:
            slot = self._fix(person.wish, person.party)
            if slot is None:
                return False
        self.winners[position] = slot
        self.by_type[person.request_type] += person.party
        return True

    def _seat(self, wish: int) -> bool:
        wanted = self.room.eligible[wish] & self.hopeful
        if not wanted:
            return False
        end, origin, reached = self.room.search(wanted, self.hopeful, self.room.open)
        if end is None:
            # Everybody in there can sit nowhere else, now and for ever: nobody needs to ask again.
            self.hopeful &= ~reached
            return False
        self.room.enter(wish, self.room.shift(end, origin))
        return True

    def _fix(self, wish: int, places: int) -> int | None:
        """The first slot in its order that a party of this size can have."""
        if (wish, places) in self.hopeless:
            return None
        possible = self.room.eligible[wish] & self.hopeful & ~self.crowded[places]
        for slot in self.slots.in_order(self.wishes[wish][1], possible):
            if self.unparted[slot] >= places and self._empty(slot, places):
                self.unparted[slot] -= places
                self.room.occupy(slot, places)
                return slot
        self.hopeless.add((wish, places))
        return None

    def _empty(self, slot: int, places: int) -> bool:
        """Moves single people out of a slot until so many of its places are free."""
        room = self.room
        while room.free[slot] < places:
            end, origin, _ = room.search(1 << slot, self.hopeful, room.open & ~(1 << slot))
            if end is None:
                for size in range(room.free[slot] + 1, len(self.crowded)):
                    self.crowded[size] |= 1 << slot
                return False
            room.shift(end, origin)
        return True


def choose(choice: Choice, rules: dict) -> list[tuple[Person, int | None]]:
    """The four passes of §4; v1 has nobody who is owed. Gives the winners in rank order."""
    ranking = choice.ranking
    for position, person in enumerate(ranking):
        if person.owed:
            choice.accept(position)
    left = rules.get("priorityMax", 0)
    for position, person in enumerate(ranking):
        if person.priority and person.party <= left and choice.accept(position):
            left -= person.party
    for position, person in enumerate(ranking):
        least = choice.quotas.get(person.request_type, {}).get("min", 0)
        if choice.by_type[person.request_type] < least:
            choice.accept(position)
    for position, person in enumerate(ranking):
        choice.accept(position)
    return [(ranking[position], slot) for position, slot in sorted(choice.winners.items())]


class Seating:
    """Fixes the seats of single winners, best rank first.

    Slots are kept in regions between which nobody can move. A wish that turns out to be impossible
    splits off the region that it would have had to break into, so that is found out only once.
    """

    def __init__(self, room: Room, unparted: list[int], slots: Slots, wishes: list):
        self.room = room
        self.unfixed = unparted
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
    choice = Choice(ranking, room, slots, wishes, rules.get("quotas", {}))
    winners = choose(choice, rules)
    seating = Seating(room, choice.unparted, slots, wishes)
    return [
        (person.id, slots.ids[seating.fix(person.wish) if slot is None else slot])
        for person, slot in winners
    ]
