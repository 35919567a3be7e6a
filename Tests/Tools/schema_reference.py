"""Judges instances by jsonschema, and by openapi-schema-validator for OpenAPI 3.0, with exact numbers."""
import decimal
import json
import re

import jsonschema
import referencing
from openapi_schema_validator import OAS30Validator
from random_schemas import json_text
from referencing.jsonschema import DRAFT4, DRAFT202012

# The rules that the reference follows although jsonschema does not, and the reason.
DEVIATIONS = {
    "integers have 64 bits": "an Int64 holds a value whose only type is integer",
    "nullable stands beside allOf and $ref": "OpenAPI 3.0 gives it no meaning there, authors mean 'or null'",
    "but not in an item of an allOf": "there nullable has no effect, as OpenAPI 3.0 says",
    "keywords beside a $ref of 3.0 have no effect": "OpenAPI 3.0 says so, openapi-schema-validator applies them",
    r"\w is ASCII in patterns": "ECMA-262 says so, Python's are Unicode",
    "an e-mail address is ASCII": "RFC 5321 says so, jsonschema looks for an @ only",
}

decimal.getcontext().prec = 700


def parsed(text: str) -> object:
    """The value of a JSON text, with exact numbers; 1.0 is an integer."""
    def number(digits: str):
        value = decimal.Decimal(digits)
        return int(value) if value == value.to_integral_value() else value
    return json.loads(text, parse_float=number)


def with_int64(rule):
    """The keyword `type`, for which an integer of more than 64 bits is none."""
    def judge(validator, types, instance: object, schema: dict):
        yield from rule(validator, types, instance, schema)
        is_narrow = types == "integer" or isinstance(types, list) and set(types) - {"null"} == {"integer"}
        if is_narrow and isinstance(instance, int) and not -2**63 <= instance < 2**63:
            yield jsonschema.ValidationError(f"{instance} has more than 64 bits")
    return judge


def pattern(validator, source: str, instance: object, schema: dict):
    if isinstance(instance, str) and not re.search(source, instance, re.ASCII):
        yield jsonschema.ValidationError(f"{instance!r} does not match {source!r}")


def is_address(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", value) is not None


def as_meant(schema: object, components: dict[str, dict], is_part: bool = False) -> object:
    """A schema of OpenAPI 3.0 without keywords beside a $ref, and with a null alternative for a lone nullable."""
    if isinstance(schema, list):
        return [as_meant(one, components, is_part) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        kept = as_meant(components[name], components, True) if is_part else {"$ref": schema["$ref"]}
    else:
        kept = {key: as_meant(value, components, key == "allOf") for key, value in schema.items()}
    is_lone = "$ref" in schema or "type" not in schema
    if schema.get("nullable") is True and is_lone and not is_part:
        return {"anyOf": [{"enum": [None]}, kept]}
    return kept


class Reference:
    """Judges instances by jsonschema, and by openapi-schema-validator for OpenAPI 3.0."""

    formats = jsonschema.FormatChecker(["uuid", "date", "date-time"])
    # Not only TypeError: a text with other characters than ASCII is no base64.
    formats.checkers = formats.checkers | {
        name: (OAS30Validator.FORMAT_CHECKER.checkers[name][0], ValueError) for name in ("int32", "int64", "byte")}
    formats.checkers["email"] = is_address, ()

    def __init__(self, edition: str, components: dict[str, dict]):
        if edition == "3.0":
            base, specification = OAS30Validator, DRAFT4
            components = {name: as_meant(schema, components) for name, schema in components.items()}
        else:
            base, specification = jsonschema.Draft202012Validator, DRAFT202012
        document = parsed(json_text({"components": {"schemas": components}}))
        resource = referencing.Resource(document, specification)
        self.registry = referencing.Registry().with_resource("urn:document", resource)
        rules = {"pattern": pattern, "type": with_int64(base.VALIDATORS["type"])}
        self.validator = jsonschema.validators.extend(base, rules)

    def allows(self, name: str, instance: object) -> bool:
        schema = {"$ref": f"urn:document#/components/schemas/{name}"}
        judge = self.validator(schema, registry=self.registry, format_checker=self.formats)
        return judge.is_valid(parsed(json_text(instance)))
