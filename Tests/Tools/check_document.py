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


def response_complaints(document: dict, operation: dict):
    """What the server sends by itself has to be in the document, and codes have to be visible in the text."""
    limited = operation.get("x-rate-limit") != []
    responses = {status: resolve(document, answer) for status, answer in operation["responses"].items()}
    if limited and "429" not in responses:
        yield "has no 429"
    for status, answer in responses.items():
        expected = {"X-Request-Id"}
        if limited and (status.startswith("2") or status == "429"):
            expected |= {"RateLimit", "RateLimit-Policy"}
        if status == "429":
            expected.add("Retry-After")
        if "x-idempotency" in operation and status.startswith("2"):
            expected.add("Idempotency-Replayed")
        yield from (f"{status} has no {name}" for name in sorted(expected - answer.get("headers", {}).keys()))
        hidden = [code for code in answer.get("x-problem-codes", []) if f"`{code}`" not in answer["description"]]
        yield from (f"{status} does not show {code}" for code in hidden)


def is_of_path(instance: str, path: str) -> bool:
    parts, steps = instance.split("/"), path.split("/")
    return len(parts) == len(steps) and all(step.startswith("{") or part == step for part, step in zip(parts, steps))


def example_complaints(document: dict, path: str, operation: dict):
    """Examples of problems have to fit their operation, although many operations share a response."""
    body = resolve(document, operation.get("requestBody", {})).get("content", {})
    schemas = [resolve(document, media.get("schema", {})) for media in body.values()]
    schemas += [resolve(document, one) for schema in schemas for one in schema.get("oneOf", []) + schema.get("anyOf", [])]
    members = {name for schema in schemas for name in schema.get("properties", {})}
    for status, answer in operation["responses"].items():
        answer = resolve(document, answer)
        example = answer.get("content", {}).get("application/problem+json", {}).get("example", {})
        if not example:
            continue
        if not is_of_path(example["instance"], path):
            yield f"{status} has an example of {example['instance']}"
        if example["code"] not in answer["x-problem-codes"]:
            yield f"{status} has an example with {example['code']}"
        for error in example.get("errors", []):
            if error.get("pointer", "") and error["pointer"].split("/")[1] not in members:
                yield f"{status} has an example with a violation of {error['pointer']}"


# What the introduction has to explain, each by a word that it cannot do without.
TOPICS = ("Bearer", "15 minutes", "nextCursor", "RateLimit", "Retry-After", "Idempotency-Key", "If-None-Match", "If-Match",
          "signature", "application/problem+json", "X-Request-Id")


def complaints(document: dict):
    introduction = document["info"].get("description", "")
    yield from (f"the introduction does not explain {topic}" for topic in TOPICS if topic not in introduction)
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            operation = item[method]
            where = f"{method.upper()} {path}"
            for line in response_complaints(document, operation):
                yield f"{where}: {line}"
            for line in example_complaints(document, path, operation):
                yield f"{where}: {line}"
            for name in ("operationId", "summary", "description"):
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
