"""Draws that a register says were planned or frozen, and that never came to a result."""

import json

from .calendar import instant
from .wellformed import is_instant

OVERDUE_AFTER = 3600  # seconds
ENDS = ("outcome", "void", "superseded", "skipped")


class Overdue:
    """Looks at the lines of a register as they pass by."""

    def __init__(self):
        self.open = {}  # draw: when it was planned, whether it is frozen

    def watch(self, lines):
        for raw in lines:
            try:
                leaf = json.loads(raw)
            except (ValueError, RecursionError):
                leaf = None  # whoever reads the lines says so
            if isinstance(leaf, dict):
                self._see(leaf)
            yield raw

    def _see(self, leaf: dict) -> None:
        kind, draw = leaf.get("kind"), leaf.get("draw")
        if not isinstance(draw, str):
            return
        if kind == "scheduled":
            self.open[draw] = (leaf.get("plannedAt"), False)
        elif kind == "manifest":
            # Planned by a version without a register: its freeze is the first that is known of it.
            planned, _ = self.open.get(draw, (leaf.get("at"), False))
            self.open[draw] = (planned, True)
        elif kind in ENDS:
            self.open.pop(draw, None)

    def notes(self, now: str) -> list[str]:
        """Those that ought to have a result by now, a line each."""
        lines = []
        for draw, (planned, frozen) in self.open.items():
            if not isinstance(planned, str) or not is_instant(planned):
                continue
            if instant(now) > instant(planned) + OVERDUE_AFTER:
                how = "frozen since, and has no result" if frozen else "never held nor given up"
                lines.append(f"draw {draw} is OVERDUE: it was planned for {planned}, {how}")
        return lines
