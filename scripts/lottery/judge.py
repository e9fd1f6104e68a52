"""A whole record (§7): recomputed, compared, its first difference named."""

from hashlib import sha256
from typing import NamedTuple

from .aftermath import Aftermath
from .calendar import instant
from .hashing import Tree, hex_of
from .pool import Person, Slots, Wishes, rank
from .seats import draw
from .wellformed import V1, V2, Malformed, canonical, read_line

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS, PERIOD = 1_692_803_367, 3


class Verdict(NamedTuple):
    word: str  # verified, differs or malformed
    line: int  # of the difference, from 1; 0 when verified
    text: str
    warning: str = ""  # of what is verified


class Differs(Exception):
    """The record is well formed, but this line does not follow from the others."""

    def __init__(self, text: str, line: int | None = None):
        super().__init__(text)
        self.line = line


class Judge:
    """Takes the lines of a record one after the other, then gives its verdict.

    A malformed line anywhere makes the whole record malformed, even after a difference. Which
    definition a record follows, its first line says; one that begins otherwise is read as of v1.
    """

    def __init__(self, now: str | None = None):
        self.now, self.future = now, []  # lines of v2 that tell of what comes after `now`
        self.algorithm = V1
        self.events = []  # of a draw of v2, for what follows from draw to draw
        self.line = 0
        self.stage = self._manifest
        self.verdict = None
        self.slot_lines, self.people, self.wishes = [], [], Wishes()
        self.trees = {"slot": Tree(), "entry": Tree()}
        self.counts = {"places": 0, "refilled": 0, "events": 0}

    def feed(self, raw: bytes) -> bool:
        """Takes a line with its line feed. False once nothing can change the verdict any more."""
        self.line += 1
        try:
            members = read_line(raw, self.algorithm)
            if self.line == 1 and members["kind"] == "manifest":
                self.algorithm = members["algorithm"]
            if self.verdict is None:
                self.stage(members, raw)
        except Malformed as error:
            self.verdict = Verdict("malformed", self.line, str(error))
            return False
        except Differs as error:
            self.verdict = Verdict("differs", error.line or self.line, str(error))
        return True

    def finish(self) -> Verdict:
        if self.verdict is not None:
            return self.verdict
        if self.stage not in (self._event, self._nothing):
            return Verdict("malformed", self.line + 1, "record ends before its outcome")
        return Verdict("verified", 0, self._summary(), self._warning())

    def _manifest(self, members: dict, _raw: bytes) -> None:
        self._expect("manifest", members)
        self.winners, self.after, self.is_cut = [], None, False
        self.manifest = {name: value for name, value in members.items() if name != "kind"}
        source = self.manifest["entropy"]
        if source["source"] == "drand":
            if source["chain"] != QUICKNET:
                raise Differs("entropy.chain is not drand quicknet")
            if GENESIS + PERIOD * (source["round"] - 1) <= instant(self.manifest["frozenAt"]):
                raise Differs(f"entropy.round {source['round']} was known before the freeze")
        self.stage = self._pool

    def _pool(self, members: dict, raw: bytes) -> None:
        kind = members["kind"]
        before = self.people[-1].id if self.people else None
        if kind == "slot" and before is None:
            before = self.slot_lines[-1]["id"] if self.slot_lines else None
            self._ascending(before, members["id"])
            self.slot_lines.append(members)
            self.counts["places"] += members["capacity"]
        elif kind == "entry":
            self._ascending(before, members["id"])
            request_type = members["requestType"]
            wish = self.wishes.number(request_type, members.get("accepts"))
            person = Person(
                members["id"],
                request_type,
                members["missed"],
                "priority" in members,
                wish,
                members.get("party", 1),
                "owed" in members,
                "resting" in members,
            )
            self.people.append(person)
        else:
            if not self._is_void_early(members):
                self._expect("entropy", members)
            self._compare_trees()
            if members["kind"] == "entropy":
                self._entropy(members)
            else:
                self._end_early(members)
            return
        # No text of a slot or an entry can hold a quotation mark, so this is the member itself.
        self.trees[kind].add(raw[:-1].replace(b'"kind":"%s",' % kind.encode(), b"", 1))

    def _compare_trees(self) -> None:
        for name, kind in (("slots", "slot"), ("entries", "entry")):
            stated, tree = self.manifest[name], self.trees[kind]
            if stated["count"] != tree.count:
                raise Differs(f"{name}.count is {stated['count']}, there are {tree.count}", 1)
            if stated["root"] != tree.root():
                raise Differs(f"{name}.root is not that of the lines, {tree.root()}", 1)

    def _entropy(self, members: dict) -> None:
        source = self.manifest["entropy"]
        if source["source"] == "operator":
            shown = members.get("secret", "")
            if sha256(bytes.fromhex(shown)).hexdigest() != source["commitment"] or not shown:
                raise Differs("not the secret that the manifest commits to")
        else:
            shown = members.get("randomness", "")
            signature = bytes.fromhex(members.get("signature", ""))
            if not shown or sha256(signature).hexdigest() != shown:
                raise Differs("randomness is not SHA-256 of a signature of drand")
        self._draw(hex_of(f"{self.algorithm}:{hex_of(canonical(self.manifest))}:{shown}"))

    def _draw(self, seed: str) -> None:
        rules = self.manifest["rules"]
        slots = Slots(self.slot_lines)
        ranking = rank(self.people, seed, rules)
        self.winners = draw(ranking, slots, self.wishes.all, rules)
        parts = (self.algorithm, ranking, slots, self.wishes, rules, self.winners)
        self.aftermath = lambda: Aftermath(*parts)
        self.next_winner = 0
        self.stage = self._winner if self.winners else self._outcome

    def _winner(self, members: dict, _raw: bytes) -> None:
        if self.next_winner == 0 and self._is_void_early(members):
            self._end_early(members)
            return
        self._expect("winner", members)
        entry, slot = self.winners[self.next_winner]
        if (members["entry"], members["slot"]) != (entry, slot):
            raise Differs(f"the draw gives entry {entry} the slot {slot} here")
        self.next_winner += 1
        if self.next_winner == len(self.winners):
            self.stage = self._outcome

    def _outcome(self, members: dict, _raw: bytes) -> None:
        if not self.winners and self._is_void_early(members):
            self._end_early(members)
            return
        self._expect("outcome", members)
        outcome = hex_of(canonical([{"entry": e, "slot": s} for e, s in self.winners]))
        if members["hash"] != outcome:
            raise Differs(f"the outcome hash is {outcome}")
        self.latest = self.manifest["frozenAt"]
        self.stage = self._event

    def _event(self, members: dict, _raw: bytes) -> None:
        self._expect("event", members)
        self.after = self.after or self.aftermath()
        if members["at"] < self.latest:
            raise Differs(f"at is before {self.latest}")
        self.latest = members["at"]
        wrong = self.after.apply(members)
        if wrong:
            raise Differs(wrong)
        self._count(members)

    def _is_void_early(self, members: dict) -> bool:
        """v2 has a record of a draw that is void before its outcome: it ends there (§7)."""
        return self.algorithm == V2 and members["kind"] == "event" and members["type"] == "void"

    def _end_early(self, members: dict) -> None:
        if members["at"] < self.manifest["frozenAt"]:
            raise Differs("at is before the freeze")
        self.winners, self.is_cut = [], True
        self._count(members)
        self.stage = self._nothing

    def _nothing(self, _members: dict, _raw: bytes) -> None:
        raise Differs("nothing may follow a void")

    def _count(self, event: dict) -> None:
        self.counts["events"] += 1
        self.counts["refilled"] += event["type"] == "refilled"
        if self.algorithm == V1:
            return
        self.events.append(event)
        if self.now is not None and event["at"] > self.now:
            self.future.append(self.line)

    def _expect(self, kind: str, members: dict) -> None:
        if members["kind"] == "event" != kind and members["type"] == "void":
            raise Differs("declared void before there was a result: nothing is left to verify")
        if members["kind"] != kind:
            raise Differs(f"expected a line of kind {kind}, found one of kind {members['kind']}")

    def _ascending(self, before: str | None, name: str) -> None:
        if before is not None and name <= before:
            raise Differs(f"id {name} does not come after {before}")

    def is_void(self) -> bool:
        return self.is_cut or (self.after is not None and self.after.is_void)

    def _summary(self) -> str:
        manifest, counts = self.manifest, self.counts
        operator = "the operator's secret (weaker: a veto, or a stuffed pool)"
        drand = (
            "drand quicknet; a manifest that no witness held before that round could be back-dated, "
            "and tried out until it suited"
        )
        source = drand if manifest["entropy"]["source"] == "drand" else operator
        early = " before it had an outcome" if self.is_cut else ""
        void = f"; VOID{early}: this draw counts for nothing" if self.is_void() else ""
        return (
            f"verified draw {manifest['draw']} of prefecture {manifest['prefecture']}: "
            f"{_count(len(self.people), 'entry', 'entries')}, {_count(counts['places'], 'place')}, "
            f"{_count(len(self.winners), 'winner')}, {_count(counts['refilled'], 'refill')}, "
            f"{_count(counts['events'], 'event')}; entropy from {source}{void}"
        )


    def _warning(self) -> str:
        if not self.future:
            return ""
        events = _count(len(self.future), "event lies", "events lie")
        return f"warning: {events} after {self.now}, the first in line {self.future[0]}"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def judge(lines, now: str | None = None) -> Verdict:
    """The verdict on an iterable of lines, bytes with their line feeds; `now` is an instant with Z."""
    return try_record(lines, now)[1]


def try_record(lines, now: str | None = None) -> tuple[Judge, Verdict]:
    """The same, with the judge, who knows the draw."""
    court = Judge(now)
    for line in lines:
        if not court.feed(line):
            break
    return court, court.finish()
