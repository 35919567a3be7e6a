#!/usr/bin/env python3
"""Writes Tests/SchemaSuiteTests from the JSON Schema test suite, draft 2020-12.

    Tests/Tools/make_schema_suite.py PATH_OF_THE_SUITE [SPEC_TOOL]

Each schema that `spec lint` accepts becomes a member of one request body in `spec/openapi.json`, and its
instances go to `instances.jsonl`; each schema that it rejects goes to `refused.jsonl`. A schema without `type` is
added a second time with the type that its keywords apply to, as in most specs: then instances of other types
are invalid.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "Tests/SchemaSuiteTests"
SUITE = "tests/draft2020-12"

# The optional files about enforced keywords; `format.json` expects formats to be annotations only.
OPTIONAL = ["bignum", "ecmascript-regex", "float-overflow", "non-bmp-regex", "no-schema", "unknownKeyword",
            "format/date", "format/date-time", "format/email", "format/uri", "format/uuid"]
NOT_MEANT = {"format"}

KEYWORDS = {
    "string": ["minLength", "maxLength", "pattern", "format"],
    "number": ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
    "array": ["items", "minItems", "maxItems", "uniqueItems", "contains", "prefixItems"],
    "object": ["properties", "required", "additionalProperties", "patternProperties", "minProperties",
               "maxProperties"],
}
PYTHON_TYPES = {"string": str, "number": (int, float), "array": list, "object": dict}

# Instances with another result than in the suite, and the reason.
DEVIATIONS = {
    "a bignum is an integer": "integers have 64 bits",
    "a negative bignum is an integer": "integers have 64 bits",
    "valid if optional overflow handling is implemented": "integers have 64 bits",
    "a quoted string with a space in the local part is valid": "no quoted local parts in e-mail addresses",
    "a quoted string with a double dot in the local part is valid": "no quoted local parts in e-mail addresses",
    "a quoted string with a @ in the local part is valid": "no quoted local parts in e-mail addresses",
    "an IPv4-address-literal after the @ is valid": "no address literals in e-mail addresses",
    "an IPv6-address-literal after the @ is valid": "no address literals in e-mail addresses",
}


def has_type(value, name: str) -> bool:
    return isinstance(value, PYTHON_TYPES[name]) and not isinstance(value, bool)


def rooted(schema, name: str):
    """The schema as a component: references to its own root point to the component."""
    if isinstance(schema, list):
        return [rooted(item, name) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {}
    for key, value in schema.items():
        if key == "$ref" and isinstance(value, str) and value.startswith("#"):
            value = f"#/components/schemas/{name}{value[1:]}"
        elif key not in ("enum", "const"):
            value = rooted(value, name)
        if key != "$schema":
            found[key] = value
    return found


def groups(suite: pathlib.Path):
    folder = suite / SUITE
    files = [*sorted(folder.glob("*.json")), *(folder / f"optional/{name}.json" for name in OPTIONAL)]
    for file in files:
        if file.stem in NOT_MEANT:
            continue
        for group in json.loads(file.read_text()):
            yield file.stem, group


def cases(suite: pathlib.Path):
    for file, group in groups(suite):
        schema, tests = group["schema"], group["tests"]
        title = f"{file}: {group['description']}"
        yield title, schema, [(test["description"], test["data"], test["valid"]) for test in tests]
        # A schema that references its own root would get the type there too.
        if not isinstance(schema, dict) or "type" in schema or '"$ref": "#"' in json.dumps(schema):
            continue
        for name, keywords in KEYWORDS.items():
            if any(keyword in schema for keyword in keywords):
                typed = [(test["description"], test["data"], test["valid"] and has_type(test["data"], name))
                         for test in tests]
                yield f"{title}, type: {name}", {"type": name, **schema}, typed


def document(schemas: dict) -> dict:
    members = {name.lower(): {"$ref": f"#/components/schemas/{name}"} for name in schemas}
    return {
        "openapi": "3.1.0",
        "info": {"title": "JSON Schema test suite", "version": "2020-12"},
        "paths": {"/judge": {"post": {
            "operationId": "judge",
            "requestBody": {"required": True, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Instance"}}}},
            "responses": {"204": {"description": "The instance is valid."}}}}},
        "components": {"schemas": {"Instance": {"type": "object", "properties": members}, **schemas}},
    }


def refusal(tool: str, name: str, schema) -> str | None:
    """The first error in the schema."""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "openapi.json").write_text(json.dumps(document({name: schema}), indent=1))
        answer = subprocess.run([tool, "lint", folder], capture_output=True, text=True, timeout=60, check=False)
    if answer.returncode == 0:
        return None
    lines = [line for line in answer.stdout.splitlines() if ": error: " in line]
    if answer.returncode != 1 or not lines:
        sys.exit(f"{tool} ended with {answer.returncode}: {answer.stdout}{answer.stderr}")
    return lines[0].split(": error: ", 1)[1]


def write_lines(name: str, lines: list) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (TARGET / name).write_text(text)


def main() -> None:
    suite = pathlib.Path(sys.argv[1])
    tool = sys.argv[2] if len(sys.argv) > 2 else str(ROOT / ".build/debug/spec")
    accepted, instances, refused = {}, [], []
    for number, (title, schema, tests) in enumerate(cases(suite)):
        name = f"S{number:04}"
        schema = rooted(schema, name)
        if reason := refusal(tool, name, schema):
            spec = json.dumps(document({name: schema}), ensure_ascii=False)
            refused.append({"schema": title, "finding": reason, "spec": spec})
            continue
        accepted[name] = schema
        for description, data, valid in tests:
            body = json.dumps({name.lower(): data}, ensure_ascii=False)
            line = {"case": f"{title}: {description}", "valid": valid, "body": body}
            if reason := DEVIATIONS.get(description):
                line |= {"valid": not valid, "deviation": reason}
            instances.append(line)
    (TARGET / "spec/openapi.json").write_text(json.dumps(document(accepted), ensure_ascii=False, indent=1) + "\n")
    write_lines("instances.jsonl", instances)
    write_lines("refused.jsonl", refused)
    (TARGET / "LICENSE.suite").write_text((suite / "LICENSE").read_text())
    print(f"{len(accepted)} schemas with {len(instances)} instances accepted, {len(refused)} schemas rejected")


main()
