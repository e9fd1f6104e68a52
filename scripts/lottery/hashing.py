"""SHA-256, RFC 9162 Merkle trees (§2), tickets (§3)."""

from hashlib import sha256


def hex_of(message: str) -> str:
    return sha256(message.encode("ascii")).hexdigest()


class Tree:
    """The Merkle Tree Hash of leaves that come one after the other.

    Holds the root of one full subtree for each bit of the number of leaves, largest first.
    """

    def __init__(self):
        self.count = 0
        self._subtrees = []

    def add(self, leaf: bytes) -> None:
        self.count += 1
        node = sha256(b"\0" + leaf).digest()
        size = self.count
        while size % 2 == 0:
            node = sha256(b"\1" + self._subtrees.pop() + node).digest()
            size //= 2
        self._subtrees.append(node)

    def root(self) -> str:
        if not self._subtrees:
            return sha256(b"").hexdigest()
        *others, node = self._subtrees
        for left in reversed(others):
            node = sha256(b"\1" + left + node).digest()
        return node.hex()


def smallest_ticket(seed: str, entry: str, missed: int, ageing: dict) -> bytes:
    """The number of an entry: the smallest of its tickets."""
    tickets = min(ageing.get("maxTickets", 1), 1 + ageing.get("ticketsPerMiss", 0) * missed)
    prefix = sha256(f"{seed}:{entry}:".encode("ascii"))
    best = None
    for number in range(tickets):
        ticket = prefix.copy()
        ticket.update(b"%d" % number)
        digest = ticket.digest()
        if best is None or digest < best:
            best = digest
    return best
