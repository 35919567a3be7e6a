"""Random instances that a schema allows or nearly allows."""
import decimal

from random_schemas import FORMATS, NAMES, NUMBERS, PATTERNS, TEXTS, WHOLE, Chance, Number


class InstanceMaker:
    """Makes instances near a schema: most follow it in part, some have a fault, some are anything."""

    def __init__(self, chance: Chance, components: dict[str, dict]):
        self.chance, self.components = chance, components

    def instance(self, schema: dict) -> object:
        made = self.like(schema, 0) if self.chance.is_likely(0.9) else self.anything(0)
        return self.broken(made) if self.chance.is_likely(0.4) else made

    # Values that follow most of the schema

    def like(self, schema: object, depth: int) -> object:
        if not isinstance(schema, dict) or depth > 6:
            return self.anything(2)
        if "const" in schema or "enum" in schema and self.chance.is_likely(0.8):
            return self.respelled(schema["const"] if "const" in schema else self.chance.choice(schema["enum"]))
        parts = list(schema.get("allOf", []))
        if "$ref" in schema:
            parts.append(self.components[schema["$ref"].rsplit("/", 1)[1]])
        parts += [self.chance.choice(schema[name]) for name in ("oneOf", "anyOf") if name in schema]
        made = [self.like(part, depth + 1) for part in parts]
        if "type" in schema:
            made.append(self.typed(schema, depth))
        if made and all(isinstance(one, dict) for one in made):
            return {name: value for one in made for name, value in one.items()}
        return self.chance.choice(made) if made else self.anything(1)

    def typed(self, schema: dict, depth: int) -> object:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        chosen = "null" if schema.get("nullable") and self.chance.is_likely(0.2) else self.chance.choice(types)
        if chosen == "string":
            return self.text(schema)
        if chosen in ("integer", "number"):
            return self.number(schema, chosen)
        if chosen == "array":
            return self.array(schema, depth)
        if chosen == "object":
            return self.mapping(schema, depth)
        return None if chosen == "null" else self.chance.is_likely(0.5)

    def text(self, schema: dict) -> str:
        if "format" in schema:
            return self.chance.choice(FORMATS.get(schema["format"], TEXTS))
        if "pattern" in schema and self.chance.is_likely(0.6):
            return PATTERNS[schema["pattern"]]
        lengths = [int(schema[name]) for name in ("minLength", "maxLength") if name in schema]
        if lengths and self.chance.is_likely(0.6):
            length = self.chance.choice(lengths) + self.chance.choice([-1, 0, 0, 1])
            return self.chance.choice("ab1é😀") * max(0, length)
        return self.chance.choice(TEXTS)

    def number(self, schema: dict, kind: str) -> Number:
        edges = [value for value in schema.values() if isinstance(value, Number)]
        if not edges or self.chance.is_likely(0.3):
            return Number(self.chance.choice(WHOLE if kind == "integer" and self.chance.is_likely(0.6) else NUMBERS))
        step = self.chance.choice(["0", "0", "1", "-1", "2", "1e-18"])
        return self.respelled(Number(decimal.Decimal(self.chance.choice(edges)) + decimal.Decimal(step)))

    def array(self, schema: dict, depth: int) -> list:
        made = [self.like(schema.get("items", {}), depth + 1) for _ in range(self.chance.randrange(4))]
        return made + [self.respelled(made[0])] if made and self.chance.is_likely(0.2) else made

    def mapping(self, schema: dict, depth: int) -> dict:
        properties, required = schema.get("properties", {}), schema.get("required", [])
        made = {name: self.like(value, depth + 1) for name, value in properties.items()
                if self.chance.is_likely(0.97 if name in required else 0.5 / (depth + 1))}
        if self.chance.is_likely(0.2):
            made[self.chance.choice(NAMES)] = self.like(schema.get("additionalProperties"), depth + 1)
        return made

    # Faults

    def respelled(self, value: object) -> object:
        """The same value in another notation."""
        if isinstance(value, Number) and self.chance.is_likely(0.3):
            if value.lstrip("-").isdigit():
                return Number(value + self.chance.choice([".0", "e0", ".00"]))
            return Number(f"{decimal.Decimal(value):f}")
        return value

    def broken(self, value: object) -> object:
        if isinstance(value, dict) and value and self.chance.is_likely(0.8):
            name = self.chance.choice(list(value))
            if self.chance.is_likely(0.3):
                return {one: value[one] for one in value if one != name}
            return value | {name: self.broken(value[name])}
        if isinstance(value, list) and value and self.chance.is_likely(0.8):
            return [*value[:-1], self.broken(value[-1])]
        if isinstance(value, Number) and self.chance.is_likely(0.7):
            return Number(decimal.Decimal(value) + self.chance.choice([1, -1, decimal.Decimal("0.5")]))
        if isinstance(value, str) and not isinstance(value, Number) and self.chance.is_likely(0.5):
            return value + self.chance.choice(TEXTS)
        return self.anything(1)

    def anything(self, depth: int) -> object:
        kind = self.chance.randrange(4 if depth > 1 else 6)
        if kind == 4:
            return [self.anything(depth + 1) for _ in range(self.chance.randrange(4))]
        if kind == 5:
            return {name: self.anything(depth + 1) for name in self.chance.sample(NAMES, self.chance.randrange(4))}
        return [Number(self.chance.choice(NUMBERS)), self.chance.choice(TEXTS), self.chance.is_likely(0.5), None][kind]
