"""Checks the pet store's responses: successes and errors of each feature in its spec."""
import pathlib
import re
import shutil
import subprocess
import tempfile

from live_server import CheckFailed
from pet_store import KEY, ROOT, Answer, Package, Shop, expect, shop

TOM = {"name": "Tom", "kind": "cat", "born": "2024-02-29", "home": {"type": "basket", "colour": "red"},
       "likes": ["fish", "meat"], "mother": {"name": "Ann", "mother": {"name": "Eve"}}, "secret": "fears mice"}
SEEN = {"id": 1, "name": "Tom", "kind": "cat", "born": "2024-02-29", "note": None, "legs": 4,
        "home": {"type": "basket", "colour": "red"}, "likes": ["fish", "meat"],
        "mother": {"name": "Ann", "mother": {"name": "Eve"}}}
CARL = {"name": "Carl", "kind": "snail", "legs": 0, "home": {"type": "tank", "litres": 0.5}}
NAME_TAKEN = "There is an animal of this name already."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def welcomed(status: int, answer: Answer, wanted=None) -> Answer:
    expect("status", (answer.status, answer.body if answer.status != status else b""), (status, b""))
    if wanted is not None:
        expect("type", answer.type, "application/json")
        expect("body", answer.json, wanted)
    return answer


def refused(status: int, code: str, answer: Answer, *violations: tuple[str, str]) -> Answer:
    """Expects a problem with this code, and for 400 exactly these places and rules."""
    expect("problem", (answer.status, answer.type), (status, "application/problem+json"))
    expect("code", answer.json["code"], code)
    found = [(one.get("pointer", one.get("parameter")), one["code"]) for one in answer.json.get("errors", [])]
    expect("violations", sorted(found), sorted(violations))
    return answer


def opening_hours(shop: Shop) -> None:
    welcomed(200, shop.ask("GET", "/opening-hours"), {"monday": "9 to 5", "tuesday": "9 to 1"})
    welcomed(200, shop.ask("GET", "/opening-hours?day=monday"), {"monday": "9 to 5"})
    welcomed(404, shop.ask("GET", "/opening-hours?day=sunday"), {"reason": "The shop is closed on sunday."})
    refused(400, "invalid-request", shop.ask("GET", "/opening-hours?day=noday"), ("day", "enum"))
    refused(400, "invalid-request", shop.ask("GET", "/opening-hours?dya=monday"), ("dya", "unknown-parameter"))


def keys(shop: Shop) -> None:
    challenge = 'ApiKey realm="api", in="header", name="x-shop-key"'
    for key in (None, "open barley"):
        answer = refused(401, "unauthenticated", shop.ask("POST", "/pets", TOM, key=key))
        expect("challenge", answer.fields["www-authenticate"], challenge)
    expect("total", welcomed(200, shop.ask("GET", "/pets"), []).fields["x-total"], "0")


def pets_come(shop: Shop) -> None:
    answer = welcomed(201, shop.ask("POST", "/pets", TOM, key=KEY), SEEN)
    expect("location", answer.fields["location"], "/pets/1")
    welcomed(200, shop.ask("GET", "/pets/1"), SEEN)
    welcomed(201, shop.ask("POST", "/pets", CARL | {"note": "slow"}, key=KEY), CARL | {"id": 2, "note": "slow"})
    answer = refused(409, "name-taken", shop.ask("POST", "/pets", TOM, key=KEY))
    expect("detail", answer.json["detail"], NAME_TAKEN)


def pets_are_refused(shop: Shop) -> None:
    def add(body, *violations):
        refused(400, "invalid-request", shop.ask("POST", "/pets", body, key=KEY), *violations)

    add({}, ("/name", "required"), ("/kind", "required"), ("/home", "required"))
    add(TOM | {"id": 7}, ("/id", "read-only"))
    add(TOM | {"wings": 2}, ("/wings", "unknown-member"))
    add({"name": "", "kind": "bird", "born": "2023-02-29", "legs": -1, "likes": ["fish", "fish"],
         "note": "n" * 201, "home": {"type": "tank", "litres": 0}},
        ("/name", "min-length"), ("/kind", "enum"), ("/born", "format"), ("/legs", "minimum"),
        ("/likes", "unique-items"), ("/note", "max-length"), ("/home/litres", "exclusive-minimum"))
    add(TOM | {"home": {"type": "cave"}}, ("/home/type", "enum"))
    add(TOM | {"mother": {"name": "Ann", "mother": {}}}, ("/mother/mother/name", "required"))
    add(TOM | {"legs": 2**31}, ("/legs", "format"))
    add(TOM | {"name": None}, ("/name", "type"))
    add([], ("", "type"))
    refused(400, "malformed", shop.ask("POST", "/pets", b'{"name": "To', key=KEY), ("/name", "malformed"))
    refused(415, "unsupported-media-type", shop.ask("POST", "/pets", b"name: Tom", key=KEY, type="text/plain"))
    refused(404, "not-found", shop.ask("GET", "/pets/99"))
    refused(400, "invalid-request", shop.ask("GET", "/pets/0"), ("petId", "minimum"))
    refused(400, "invalid-request", shop.ask("GET", "/pets/one"), ("petId", "type"))
    refused(404, "not-found", shop.ask("GET", "/pets/1/tail"))
    expect("allow", refused(405, "method-not-allowed", shop.ask("DELETE", "/pets")).fields["allow"], "GET, HEAD, POST")


def pets_change(shop: Shop) -> None:
    def change(body):
        return shop.ask("PATCH", "/pets/1", body, key=KEY)

    welcomed(200, change({"note": "sleeps"}), SEEN | {"note": "sleeps"})
    welcomed(200, change({"name": "Thomas"}), SEEN | {"note": "sleeps", "name": "Thomas"})
    welcomed(200, change({"note": None, "name": "Tom"}), SEEN)
    refused(409, "name-taken", change({"name": "Carl"}))
    refused(404, "not-found", shop.ask("PATCH", "/pets/99", {}, key=KEY))


def lists(shop: Shop) -> None:
    def names(query):
        answer = welcomed(200, shop.ask("GET", "/pets" + query))
        expect("total", answer.fields["x-total"], "2")
        return [pet["name"] for pet in answer.json]

    expect("all", names(""), ["Tom", "Carl"])
    expect("first", names("?limit=1"), ["Tom"])
    expect("kinds", names("?kinds=dog&kinds=snail"), ["Carl"])
    refused(400, "invalid-request", shop.ask("GET", "/pets?kinds=dog&kinds=dog"), ("kinds", "unique-items"))
    refused(400, "invalid-request", shop.ask("GET", "/pets?kinds=dog&limit=51"), ("limit", "maximum"))


def photos(shop: Shop) -> None:
    def put(body, type="image/png", pet=1):
        return shop.ask("PUT", f"/pets/{pet}/photo", body, key=KEY, type=type)

    refused(404, "not-found", shop.ask("GET", "/pets/1/photo"))
    expect("no body", welcomed(204, put(PNG)).body, b"")
    answer = welcomed(200, shop.ask("GET", "/pets/1/photo"))
    expect("photo", (answer.type, answer.body), ("image/png", PNG))
    welcomed(204, put(bytes(65536), pet=2))
    refused(413, "content-too-large", put(bytes(65537), pet=2))
    refused(415, "unsupported-media-type", put(PNG, type="image/gif"))
    refused(404, "not-found", put(PNG, pet=99))


def full_house(shop: Shop) -> None:
    for name in ("Dee", "Dum"):
        welcomed(201, shop.ask("POST", "/pets", CARL | {"name": name}, key=KEY))
    welcomed(423, shop.ask("POST", "/pets", TOM | {"name": "Late"}, key=KEY), {"free": 0})


def orders(shop: Shop) -> None:
    def place(body, once=None):
        return shop.ask("POST", "/orders", body, once=once)

    card = {"card": "4111111111111111"}
    refused(404, "not-found", place({"petIds": [1, 99], "payment": "cash"}))
    draft = {"petIds": [1, 3], "payment": card, "isGift": True}
    gift = welcomed(201, place(draft, once="gift")).json
    expect("announced", shop.wait_for_line("event")["seq"], "1")
    replay = welcomed(201, place(draft, once="gift"), gift)
    expect("replayed", replay.fields.get("idempotency-replayed"), "true")
    refused(422, "idempotency-mismatch", place(draft | {"isGift": False}, once="gift"))
    expect("order", {name: gift[name] for name in ("petIds", "payment", "isGift")},
           {"petIds": [1, 3], "payment": card, "isGift": True})
    again = welcomed(200, shop.ask("GET", f"/orders/{gift['id']}"), gift)
    expect("wrapping", again.fields.get("x-wrapping"), "paper")
    refused(409, "pet-sold", place({"petIds": [2, 3], "payment": "cash"}))
    plain = welcomed(201, place({"petIds": [2], "payment": "cash"})).json
    expect("announced once each", shop.wait_for_line("event")["seq"], "2")
    expect("defaults", (plain["payment"], plain["isGift"]), ("cash", False))
    expect("no wrapping", shop.ask("GET", f"/orders/{plain['id']}").fields.get("x-wrapping"), None)
    refused(400, "invalid-request", place({"petIds": [], "payment": "stones"}),
            ("/petIds", "min-items"), ("/payment", "one-of"))
    refused(400, "invalid-request", shop.ask("GET", "/orders/1"), ("orderId", "format"))
    refused(404, "not-found", shop.ask("GET", "/orders/00000000-0000-4000-8000-000000000000"))


def policies(shop: Shop) -> None:
    """The shop's own policies: a field on every response of an operation, and a refusal of orders at lunch."""
    for answer in (shop.ask("GET", "/pets"), shop.ask("GET", "/pets/99"), shop.ask("POST", "/pets", TOM)):
        timing = answer.fields["server-timing"]
        expect("timing", re.fullmatch(r"total;dur=\d+\.\d+", timing) is not None, True)
    expect("no timing", shop.ask("GET", "/nowhere").fields.get("server-timing"), None)
    order = {"petIds": [99], "payment": "cash"}
    answer = refused(503, "unavailable", shop.ask("POST", "/orders", order, time="12:30"))
    expect("retry", answer.fields["retry-after"], "3600")
    refused(503, "unavailable", shop.ask("POST", "/orders", b"not even JSON", time="12:30"))
    refused(404, "not-found", shop.ask("POST", "/orders", order, time="13:00"))
    expect("reading goes on", shop.ask("GET", "/pets", time="12:30").status, 200)


def rate_limit(shop: Shop) -> None:
    """The spec allows a burst of 20 orders; earlier requests count too."""
    for _ in range(20):
        answer = shop.ask("POST", "/orders", {})
        if answer.status == 429:
            refused(429, "rate-limited", answer)
            expect("retry", int(answer.fields["retry-after"]) in range(1, 61), True)
            return
    raise CheckFailed("20 more orders were not rate limited")


def documents(shop: Shop) -> None:
    document = welcomed(200, shop.ask("GET", "/openapi.json")).json
    ids = [operation["operationId"] for item in document["paths"].values()
           for name, operation in item.items() if name != "parameters"]
    expect("operations", sorted(ids), ["addPet", "changePet", "getOrder", "getPet", "getPhoto", "listPets",
                                       "openingHours", "placeOrder", "putPhoto"])
    expect("served", "x-swift" in document, False)
    expect("sentence", document["paths"]["/pets"]["post"]["responses"]["409"]["x-problem-codes"],
           {"name-taken": NAME_TAKEN})
    expect("yaml", shop.ask("GET", "/openapi.yaml").type, "application/yaml")


def docs_say_how(shop: Shop) -> None:
    """Without Swagger UI's files, /docs shows the command that fetches them."""
    answer = welcomed(200, shop.ask("GET", "/docs"))
    expect("type", answer.type, "text/html; charset=utf-8")
    expect("advice", b"../../../scripts/setup docs .build/share" in answer.body, True)


def docs_are_there(shop: Shop) -> None:
    expect("page", b"/docs/swagger-ui-bundle.js" in welcomed(200, shop.ask("GET", "/docs")).body, True)
    script = welcomed(200, shop.ask("GET", "/docs/swagger-ui-bundle.js"))
    expect("type", script.type, "text/javascript; charset=utf-8")


def survives(shop: Shop) -> None:
    """Committed data survives a restart."""
    expect("left", [pet["name"] for pet in shop.ask("GET", "/pets").json], ["Dum"])
    welcomed(200, shop.ask("GET", "/pets/1"), SEEN)


FIRST = (docs_say_how, documents, opening_hours, keys, pets_come, pets_are_refused, pets_change, lists, photos,
         full_house, orders, policies, rate_limit)
SECOND = (survives, docs_are_there)


def check_answers(package: Package) -> None:
    """Runs twice, so that the second run finds the data and files of the first."""
    share = package.scratch / "share"
    shutil.rmtree(share, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="pet-store-") as folder:
        database = pathlib.Path(folder) / "pets.db"
        run(package, database, FIRST)
        subprocess.run([ROOT / "scripts/setup", "docs", share], check=True, timeout=120)
        run(package, database, SECOND)


def run(package: Package, database: pathlib.Path, steps) -> None:
    with shop(package.product("App"), database) as server:
        for step in steps:
            try:
                step(server)
            except CheckFailed as failure:
                raise CheckFailed(f"{step.__name__}: {failure}") from None
