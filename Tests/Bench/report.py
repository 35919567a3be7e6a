"""Medians, spreads and the table of figures."""
import dataclasses
import statistics

MICRO, MILLI = 1e3, 1e6  # nanoseconds


@dataclasses.dataclass
class Row:
    """A line of the table: what was measured, against what, and whether that is enough."""
    what: str
    against: str
    wanted: str
    measured: str
    #: None where nothing could be measured.
    is_met: bool | None

    @property
    def verdict(self) -> str:
        return {True: "met", False: "**missed**", None: "not measured"}[self.is_met]


def spread(values: list[float], form: str = "{:.2f}") -> str:
    """The median, and between which values the rounds lay."""
    low, high = form.format(min(values)), form.format(max(values))
    middle = form.format(statistics.median(values))
    return middle if low == high else f"{middle} ({low}–{high})"


def at_most(what: str, against: str, bound: float, values: list[float], unit: str, note: str = "") -> Row:
    met = statistics.median(values) <= bound
    return Row(what, against, f"≤ {bound:g} {unit}", f"{spread(values)} {unit}{note}", met)


def at_least(what: str, against: str, bound: float, values: list[float], unit: str, note: str = "") -> Row:
    met = statistics.median(values) >= bound
    return Row(what, against, f"≥ {bound:g} {unit}", f"{spread(values)} {unit}{note}", met)


def table(rows: list[Row]) -> str:
    lines = ["| what | against, in the same run | wanted | measured, median (spread) | verdict |", "| --- | --- | --- | --- | --- |"]
    return "\n".join(lines + [f"| {row.what} | {row.against} | {row.wanted} | {row.measured} | {row.verdict} |" for row in rows])
