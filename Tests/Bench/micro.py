"""Figures of one process without a socket."""
import json
import os
import pathlib

from measurement import ROOT, Measurement
from report import MICRO, MILLI, Row, at_least, at_most, spread


def micro(run: Measurement) -> None:
    suites = pathlib.Path(os.environ.get("SPEC_SUITES", ROOT.parent / "shared" / "suites"))
    result = run.tool("micro", "--rounds", max(run.rounds, 1), "--spec", ROOT / "spec", "--suite", suites / "openapi")
    figures = {figure["name"]: figure for figure in map(json.loads, result.splitlines())}
    for name, what, against, bound in (("decode", "decode + validate that message", "`JSONDecoder`", 8.0),
                                       ("encode", "encode it", "`JSONEncoder`", 15.0)):
        ratios, note = comparison(figures[name], MICRO, "µs")
        run.rows.append(at_least(what, f"Foundation's {against}", bound, ratios, "×", note))
    ratios, note = comparison(figures["route"], 1, "ns")
    count = figures["route"]["allocations"]
    row = at_least("route lookup, 200 routes", "Hummingbird's router", 5.0, ratios, "×", f"{note}, {count:g} allocations")
    row.wanted += ", no allocation"
    row.is_met = row.is_met and count == 0
    run.rows.append(row)
    durations(run, figures)


def comparison(figure: dict, unit: float, name: str) -> tuple[list[float], str]:
    ratios = [theirs / ours for ours, theirs in zip(figure["ours"], figure["theirs"])]
    ours = spread([value / unit for value in figure["ours"]])
    return ratios, f"; ours {ours} {name}"


def durations(run: Measurement, figures: dict[str, dict]) -> None:
    for name, what, bound in (("compile", "compiling `spec/`", 0.1), ("parse", "parsing `openai.yaml` (3 MB)", 0.2)):
        figure = figures[name]
        if "skipped" in figure:
            run.rows.append(Row(what, "–", f"≤ {bound:g} s", figure["skipped"], None))
        else:
            run.rows.append(at_most(what, "–", bound, [value / MILLI / 1e3 for value in figure["ours"]], "s"))
