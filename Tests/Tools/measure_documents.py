"""Measures how much of public OpenAPI documents is accepted: the operations without an error in their closure.

The closure of an operation is its path item, itself, and every component that they refer to. Each rejected operation
is removed and the rest is checked again, so that errors count that are found in a later step of the compiler. The
rules are listed by the operations that they cost: all, and those that no other rule costs.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
LINT_SECONDS_MAX = 600
RULES_MAX = 40
GENERAL = ("", "root", "securitySchemes")


class Loader(yaml.CSafeLoader):
    """YAML as JSON has it: dates stay texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()}


def with_text_keys(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): with_text_keys(member) for key, member in value.items()}
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value


def references(value: object) -> set[tuple]:
    """The components that a value refers to, as (kind, name)."""
    found, waiting = set(), [value]
    while waiting:
        next_one = waiting.pop()
        if isinstance(next_one, dict):
            target = next_one.get("$ref")
            parts = target.split("/") if isinstance(target, str) else []
            if parts[:2] == ["#", "components"] and len(parts) >= 4:
                found.add((parts[2], parts[3].replace("~1", "/").replace("~0", "~")))
            waiting += next_one.values()
        elif isinstance(next_one, list):
            waiting += next_one
    return found


class Document:
    def __init__(self, path: pathlib.Path):
        self.root = with_text_keys(yaml.load(path.read_text(), Loader))
        self.operations = {(path, method) for path, item in self.root.get("paths", {}).items()
                           if isinstance(item, dict) for method in METHODS if method in item}
        self.components = {(kind, name): value for kind, named in self.root.get("components", {}).items()
                           if isinstance(named, dict) for name, value in named.items()}
        self.links = {owner: references(value) for owner, value in self.components.items()}
        self.closures = {operation: self.closure(operation) for operation in self.operations}

    def closure(self, operation: tuple) -> set[tuple]:
        path, method = operation
        item = self.root["paths"][path]
        waiting = list(references({"parameters": item.get("parameters"), "operation": item[method]}))
        found = {operation, (path, "")}
        while waiting:
            owner = waiting.pop()
            if owner not in found:
                found.add(owner)
                waiting += self.links.get(owner, ())
        return found

    def text(self, kept: set[tuple]) -> tuple[str, dict[int, tuple]]:
        """The document with some operations and what they need; each part on a line of its own, with its owner."""
        lines: list[str] = []
        owners: dict[int, tuple] = {}

        def add(text: str, owner: tuple = ("", "")) -> None:
            lines.append(text)
            owners[len(lines)] = owner

        used = set().union(*(self.closures[operation] for operation in kept))
        add("{")
        for key, value in self.root.items():
            if key not in ("paths", "components", "webhooks"):
                add(f"{json.dumps(key)}: {json.dumps(value)},", ("root", key))
        add('"paths": {')
        self.add_paths(kept, add)
        add('}, "components": {')
        for kind in sorted({kind for kind, _ in self.components}):
            add(f'"{kind}": {{')
            names = [name for other, name in self.components if other == kind
                     and (kind == "securitySchemes" or (kind, name) in used)]
            for name in names:
                comma = "" if name == names[-1] else ","
                add(f"{json.dumps(name)}: {json.dumps(self.components[kind, name])}{comma}", (kind, name))
            add("}" if kind == max(kind for kind, _ in self.components) else "},")
        add("}}")
        return "\n".join(lines), owners

    def add_paths(self, kept: set[tuple], add: object) -> None:
        paths = [path for path in self.root["paths"] if any((path, method) in kept for method in METHODS)]
        for path in paths:
            add(f"{json.dumps(path)}: {{", (path, ""))
            item = self.root["paths"][path]
            members = [key for key in item if key not in METHODS or (path, key) in kept]
            for key in members:
                comma = "" if key == members[-1] else ","
                add(f"{json.dumps(key)}: {json.dumps(item[key])}{comma}", (path, key if key in METHODS else ""))
            add("}" if path == paths[-1] else "},", (path, ""))


def lint(tool: str, text: str) -> list[tuple[int, str]]:
    with tempfile.TemporaryDirectory(prefix="spec-measure-") as folder:
        spec = pathlib.Path(folder, "spec")
        spec.mkdir()
        (spec / "openapi.json").write_text(text)
        environment = os.environ | {"LLVM_PROFILE_FILE": f"{folder}/spec.profraw"}
        answer = subprocess.run([tool, "lint", "--all", spec], capture_output=True, text=True, env=environment,
                                timeout=LINT_SECONDS_MAX, check=False)
    if answer.returncode not in (0, 1):
        sys.exit(f"error: spec lint exited with {answer.returncode}: {(answer.stdout + answer.stderr)[-2000:]}")
    return [(int(line), finding) for line, finding in
            re.findall(r"openapi\.json:(\d+):\d+: error: (.*)$", answer.stdout, re.MULTILINE)]


def rule(finding: str) -> str:
    """A finding without the names in it; 'keyword-unsupported' is told apart by its keyword."""
    written = re.fullmatch(r"(.*) \[([a-z-]+)\]", finding)
    text, name = written.groups() if written else (finding, "other")
    if not name.startswith("keyword"):
        text = re.sub(r"[^ ]*['/][^ ]*", "…", text)
    return f"{name}: {re.sub('[0-9]+', 'N', text)}"[:110]


def measure(tool: str, document: Document) -> tuple[set[tuple], dict[tuple, set[str]]]:
    """The accepted operations, and the rules that cost the others."""
    kept, costs = set(document.operations), collections.defaultdict(set)
    while kept:
        text, owners = document.text(kept)
        broken = collections.defaultdict(set)
        for line, finding in lint(tool, text):
            broken[owners[line]].add(rule(finding))
        if not broken:
            break
        # An error of the root, or of no operation, costs them all.
        general = set().union(*(rules for owner, rules in broken.items() if owner[0] in GENERAL))
        rejected = set()
        for operation in kept:
            found = general.union(*(broken[owner] for owner in document.closures[operation] if owner in broken))
            if found:
                costs[operation] |= found
                rejected.add(operation)
        if not rejected:
            sys.exit(f"error: findings of no operation: {dict(broken)}")
        kept -= rejected
    return kept, costs


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(f"usage: {sys.argv[0]} SPEC_TOOL DOCUMENT...")
    total, accepted = 0, 0
    all_costs: dict[tuple, set[str]] = {}
    for path in map(pathlib.Path, sys.argv[2:]):
        try:
            document = Document(path)
        except (yaml.YAMLError, AttributeError, TypeError, RecursionError) as failure:
            print(f"{path.name}: skipped, {type(failure).__name__}")
            continue
        kept, costs = measure(sys.argv[1], document)
        total, accepted = total + len(document.operations), accepted + len(kept)
        all_costs |= {(path, operation): rules for operation, rules in costs.items()}
        print(f"{path.name}: {len(kept)} of {len(document.operations)} operations accepted", flush=True)
    print(f"{accepted} of {total} operations accepted, {accepted / max(total, 1):.1%}")
    counts = collections.Counter(name for rules in all_costs.values() for name in rules)
    alone = collections.Counter(next(iter(rules)) for rules in all_costs.values() if len(rules) == 1)
    for name, count in counts.most_common(RULES_MAX):
        print(f"{count:5} {alone[name]:5} alone  {name}")


main()
