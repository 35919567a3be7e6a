"""Figures of HTTP and JSON alone, without a database."""
import json

from load import Load
from measurement import Measurement, per_round
from report import at_least, at_most

MESSAGE_TEXT = "The quick brown fox jumps over the lazy dog, and then sits down to rest a while; the dog minds not. " * 2
ECHO = json.dumps({
    "recipientId": "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00", "clientMessageId": "5f1d9a52-3c44-4b0e-9f9a-1f0c8f3f7a11",
    "text": MESSAGE_TEXT + "Tomorrow again.", "replyToId": "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b01",
}, separators=(",", ":"))


def get(run: Measurement) -> None:
    sides = {"SwiftNIO": run.sides.bench("SwiftNIO", "nio"),
             "Parley, log off": run.sides.bench("Parley, log off", "parley"),
             "Parley, log on": run.sides.bench("Parley, log on", "parley", "--access-log")}
    rounds = run.interleave("GET", sides, Load("/health"))
    for name, bound in (("off", 1.4), ("on", 1.7)):
        ratios = per_round(rounds[f"Parley, log {name}"], rounds["SwiftNIO"], lambda r: r.cpu_microseconds)
        run.rows.append(at_most(f"small GET, access log {name}: CPU per request",
                                "plain SwiftNIO `ChannelHandler`, same response fields", bound, ratios, "×"))
    run.end(*sides.values())


def echo(run: Measurement) -> None:
    sides = {"Parley": run.sides.bench("Parley", "parley"), "Hummingbird": run.sides.bench("Hummingbird", "hummingbird"),
             "express": run.sides.express()}
    rounds = run.interleave("POST", sides, Load("/echo", ECHO))
    for name, against, bound in (("Hummingbird", "Hummingbird `Router` + Codable, validates nothing", 2.0),
                                 ("express", "Express + ajv", 2.5)):
        ratios = per_round(rounds[name], rounds["Parley"], lambda r: r.cpu_microseconds)
        run.rows.append(at_least(f"`POST` of a message of {len(ECHO)} bytes, decoded, validated, answered: per CPU second",
                                 against, bound, ratios, "×"))
    run.end(*sides.values())
