"""Checks that the served document is valid OpenAPI and that every operation is documented."""
import json

from live_server import CheckFailed, LiveServer, run_check
from openapi_spec_validator import OpenAPIV31SpecValidator

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def resolve(document: dict, value: dict) -> dict:
    while isinstance(value, dict) and "$ref" in value:
        target = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        value = target
    return value


def contents(document: dict, operation: dict):
    """The request and response media types of an operation, except problems."""
    bodies = [operation.get("requestBody", {})]
    bodies += [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    for body in bodies:
        yield from resolve(document, body).get("content", {}).values()


def has_example(document: dict, media: dict) -> bool:
    schema = resolve(document, media.get("schema", {}))
    return any(name in place for place in (media, schema) for name in ("example", "examples"))


def complaints(document: dict):
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            operation = item[method]
            where = f"{method.upper()} {path}"
            for name in ("operationId", "summary"):
                if not operation.get(name):
                    yield f"{where} has no {name}"
            if len(operation.get("tags", [])) != 1:
                yield f"{where} has {len(operation.get('tags', []))} tags, expected one"
            # Binary bodies have no example; their parameters do.
            named = [resolve(document, one) for one in item.get("parameters", []) + operation.get("parameters", [])]
            shown = list(contents(document, operation)) + named
            if shown and not any(has_example(document, one) for one in shown):
                yield f"{where} has no example"


def check(server: LiveServer) -> None:
    document = json.loads(server.expect(200, "GET", "/openapi.json"))
    found = [f"{error.json_path}: {error.message}" for error in OpenAPIV31SpecValidator(document).iter_errors()]
    found += sorted(complaints(document))
    for line in found:
        print(line)
    if found:
        raise CheckFailed(f"/openapi.json has {len(found)} errors")
    operations = sum(len(METHODS & item.keys()) for item in document["paths"].values())
    print(f"/openapi.json is valid OpenAPI {document['openapi']} with {operations} operations")


run_check(check)
