"""Random OpenAPI schemas, as values that json_text writes."""
import decimal
import json
import random

class Number(str):
    """A number in the notation in which it is written."""


NUMBERS = ["0", "1", "2", "3", "5", "7", "12", "-1", "-3", "0.5", "1.5", "2.0", "1e2", "0.1", "0.3", "-0.0", "1E-7",
           "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740993.0", "1.0000000000000002",
           "0.1000000000000000055511151231257827", "9223372036854775807", "9223372036854775808", "1e308",
           "123456789012345678901234567890", "2147483648"]
WHOLE = [Number(text) for text in NUMBERS if text.lstrip("-").isdigit()]
TEXTS = ["", "a", "b", "ab", "abc", "dog", "A1", "12", "é", "e\u0301", "😀", "a\u200db"]
NAMES = ["a", "b", "c", "k", "é", "e\u0301"]
PATTERNS = {"^[a-c]": "abc", "^[a-c]+$": "cab", "[0-9]": "x7", "^(a|bc)?$": "bc", "^.{2,3}$": "😀é", "^[^a]": "ba",
            "^A[0-9]{1,2}$": "A12", "(ab)+": "xabab", "^\\w+$": "a_1"}
FORMATS = {
    "uuid": ["0f8fad5b-d9cb-469f-a165-70867728950e", "0F8FAD5B-D9CB-469F-A165-70867728950E",
             "0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950"],
    "date": ["2026-11-30", "2024-02-29", "2026-02-29", "2026-11-31", "26-11-30", "2026-11-3", "2026-W48-1"],
    "date-time": ["2026-11-30T23:59:59Z", "2026-11-30t23:59:59.123456789+01:00", "2026-11-30T24:00:00Z",
                  "2026-11-30T23:59:59", "2026-02-29T00:00:00Z", "2026-11-30 23:59:59Z", "2026-11-30T23:59:59-24:00"],
    "email": ["ada@example.com", "ada.example.com", "ada"],
    "byte": ["", "YQ==", "YWI=", "YWJj", "YQ", "Y*==", "YWJjZ"],
}
BOUNDS = ["0", "1", "2", "5", "-3", "0.5", "0.1", "100", "9007199254740992", "9007199254740993", "2.50", "1e3"]
STEPS = ["1", "2", "3", "0.5", "0.1", "1.5", "0.01", "7", "1e2"]
DEPTH_MAX = 3


def json_text(value: object) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_text(name)}:{json_text(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def reference(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


class Chance(random.Random):
    def is_likely(self, share: float) -> bool:
        return self.random() < share

    def some(self, values: list, least: int, most: int) -> list:
        return self.sample(values, self.randint(least, min(most, len(values))))


class SchemaMaker:
    """Makes components of one edition, "3.0" or "3.1"; most of their rules leave values."""

    def __init__(self, chance: Chance, edition: str):
        self.chance, self.edition = chance, edition
        self.components: dict[str, dict] = {}
        self.own = ""

    def make(self, name: str) -> dict[str, dict]:
        """Up to three components and a last one; each refers to those before it, or to itself through a property."""
        for self.own in [f"{name}C{number}" for number in range(self.chance.randrange(4))] + [name]:
            self.components[self.own] = self.schema(0)
        return self.components

    def schema(self, depth: int) -> dict:
        if depth >= DEPTH_MAX or self.chance.is_likely(0.2):
            return self.scalar()
        makers = [self.mapping, self.mapping, self.array, self.parts, self.combined, self.alternatives, self.refined,
                  self.refined]
        return self.chance.choice(makers)(depth)

    # Single values

    def scalar(self) -> dict:
        schema = self.chance.choice([self.text, self.number, self.ruled, self.plain, self.choice])()
        return self.nullable(schema) if self.chance.is_likely(0.15) else schema

    def nullable(self, schema: dict) -> dict:
        if not isinstance(schema.get("type"), str):
            return schema
        return schema | ({"nullable": True} if self.edition == "3.0" else {"type": [schema["type"], "null"]})

    def text(self) -> dict:
        schema: dict = {"type": "string"}
        if self.chance.is_likely(0.25):
            return schema | {"format": self.chance.choice(list(FORMATS))}
        if self.chance.is_likely(0.4):
            schema["minLength"] = Number(self.chance.randrange(3))
        if self.chance.is_likely(0.5):
            schema["maxLength"] = Number(self.chance.randrange(2, 6))
        if self.chance.is_likely(0.3):
            schema["pattern"] = self.chance.choice(list(PATTERNS))
        return schema

    def number(self) -> dict:
        schema: dict = {"type": self.chance.choice(["integer", "number"])}
        if schema["type"] == "integer" and self.chance.is_likely(0.2):
            schema["format"] = self.chance.choice(["int32", "int64"])
        low, high = sorted(self.chance.sample(BOUNDS, 2), key=decimal.Decimal)
        for edge, bound in [("Minimum", low), ("Maximum", high)]:
            if self.chance.is_likely(0.5):
                schema |= self.bound(edge, Number(bound))
        if self.chance.is_likely(0.25):
            schema["multipleOf"] = Number(self.chance.choice(STEPS))
        return schema

    def bound(self, edge: str, bound: Number) -> dict:
        if self.chance.is_likely(0.7):
            return {edge.lower(): bound}
        return {edge.lower(): bound, "exclusive" + edge: True} if self.edition == "3.0" else {"exclusive" + edge: bound}

    def ruled(self) -> dict:
        """A choice beside other rules, which take some of its values away."""
        schema = self.chance.choice([self.text, self.number])()
        values = {"string": TEXTS, "integer": WHOLE, "number": list(map(Number, NUMBERS))}[schema["type"]]
        if "format" in schema:
            values = FORMATS.get(schema["format"], values)
        return schema | {"enum": self.chance.some(values, 3, 8)}

    def plain(self) -> dict:
        types = ["boolean", "string", "integer", "number"]
        if self.edition == "3.1" and self.chance.is_likely(0.4):
            return {"type": self.chance.some([*types, "null"], 1, 3)}
        return {"type": self.chance.choice(types)}

    def choice(self) -> dict:
        if self.edition == "3.1" and self.chance.is_likely(0.3):
            return {"const": self.chance.choice(["a", "é", Number("1.0"), Number("9007199254740993.0"), None, True])}
        kind = self.chance.choice(["string", "number"])
        values = self.chance.some(TEXTS if kind == "string" else list(map(Number, NUMBERS)), 1, 4)
        schema = {"type": kind, "enum": values} if self.chance.is_likely(0.7) else {"enum": values}
        return self.nullable(schema | {"enum": [*values, None]}) if self.chance.is_likely(0.2) else schema

    # Values of values

    def array(self, depth: int) -> dict:
        schema: dict = {"type": "array", "items": self.schema(depth + 1)}
        if self.chance.is_likely(0.4):
            schema["uniqueItems"] = True
        if self.chance.is_likely(0.3):
            schema["minItems"] = Number(self.chance.randrange(3))
        if self.chance.is_likely(0.4):
            schema["maxItems"] = Number(self.chance.randrange(2, 4))
        return schema

    def mapping(self, depth: int) -> dict:
        schema = self.members(depth, self.chance.some(NAMES, 1, 3))
        if "required" not in schema and self.chance.is_likely(0.3):
            schema["properties"]["k"] = reference(self.own)
        if self.chance.is_likely(0.4):
            schema["additionalProperties"] = self.chance.choice([False, True, self.schema(depth + 1)])
        return schema

    def members(self, depth: int, names: list[str]) -> dict:
        schema: dict = {"type": "object", "properties": {name: self.schema(depth + 1) for name in names}}
        return schema | {"required": self.chance.some(names, 1, 2)} if names and self.chance.is_likely(0.6) else schema

    # Schemas of schemas

    def parts(self, depth: int) -> dict:
        """The rules of one value, spread over the items of an allOf and what stands beside it."""
        whole = self.chance.choice([self.text, self.number, self.ruled])()
        parts: list[dict] = [{} for _ in range(self.chance.randint(1, 3))]
        schema: dict = {"allOf": parts}
        for name, value in whole.items():
            self.chance.choice([*parts, *parts, schema])[name] = value
        if self.chance.is_likely(0.5):
            schema["type"] = whole["type"]
        if self.edition == "3.0" and self.chance.is_likely(0.2):
            schema["nullable"] = True
        return schema

    def combined(self, depth: int) -> dict:
        if self.chance.is_likely(0.2):
            return {"allOf": [self.schema(depth + 1) for _ in range(self.chance.randint(1, 2))]}
        names, middle = self.chance.some(NAMES, 2, 5), self.chance.randrange(3)
        return {"allOf": [self.members(depth, some) for some in (names[:middle], names[middle:])]}

    def alternatives(self, depth: int) -> dict:
        schemas = [self.schema(depth + 1) for _ in range(self.chance.randint(1, 3))]
        if self.edition == "3.1" and self.chance.is_likely(0.2):
            schemas.append({"type": "null"})
        return {self.chance.choice(["oneOf", "anyOf"]): schemas}

    def refined(self, depth: int) -> dict:
        """A reference, most times with rules beside it."""
        if not self.components:
            return self.scalar()
        name = self.chance.choice(list(self.components))
        schema, target = reference(name), self.components[name]
        if self.edition == "3.0" and self.chance.is_likely(0.3):
            schema["nullable"] = True
        if self.chance.is_likely(0.3):
            return schema
        makers = {"string": [self.text, self.ruled], "integer": [self.number, self.ruled],
                  "number": [self.number, self.ruled], "object": [lambda: self.beside(target)]}
        rules = self.chance.choice(makers.get(str(target.get("type")), [self.scalar]))()
        # The compiler warns that these formats have no effect beside another type.
        if target.get("type") not in (None, "integer") and rules.get("format") in ("int32", "int64"):
            del rules["format"]
        return schema | {name: value for name, value in rules.items() if name not in target}

    def beside(self, target: dict) -> dict:
        return self.members(DEPTH_MAX - 1, [name for name in NAMES if name not in target.get("properties", {})][:2])
