"""Generates Swift for random specs and type-checks it: whatever the compiler accepts has to compile.

Parts of a spec that are rejected are left out until the rest is accepted. SPECS sets how many specs there are, SEED
repeats a run, ONLY one spec of it.
"""
import concurrent.futures
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from live_server import CheckFailed
from random_specs import INFINITE, Grammar
from random_storage import StorageGrammar

SPECS = int(os.environ.get("SPECS", "200"))
SEED = os.environ.get("SEED") or str(random.SystemRandom().randrange(2**31))
STORAGE_SHARE = 0.5
ATTEMPTS_MAX = 12
ACCEPTED_SHARE_MIN = 0.9
SHOWN_MAX = int(os.environ.get("SHOWN", "5"))
TOOL_SECONDS_MAX = 60
KEPT_FLAGS = ("-I", "-target", "-Xcc", "-swift-version", "-enable-upcoming-feature", "-package-name",
              "-module-cache-path")


def compiler_arguments(build: pathlib.Path) -> list[str]:
    """The arguments with which the build compiles ParleyContract, as far as they matter to the type checker."""
    manifest = (build.parent / "debug.yaml").read_text()
    found = re.search(r'"C\.ParleyContract-[^"]*\.module":.*?\n    args: (\[.*?\])\n', manifest, re.DOTALL)
    if not found:
        raise CheckFailed("the build's manifest does not have ParleyContract: run scripts/test build")
    written = json.loads(found.group(1))
    kept = [argument for flag, value in zip(written, written[1:]) if flag in KEPT_FLAGS for argument in (flag, value)]
    return [written[0], *kept, "-warnings-as-errors", "-typecheck", "-parse-as-library", "-module-name", "Contract"]


def json_text(value: object) -> str:
    return json.dumps(value).replace(json.dumps(INFINITE), "1e400")


class Spec:
    """A random spec; each operation and each component has a line of its own."""

    def __init__(self, number: int):
        grammar = Grammar(f"{SEED} {number}")
        self.edition = grammar.edition
        self.operations = {(path, method): value for path, item in grammar.paths().items()
                           for method, value in item.items()}
        self.components = {name: grammar.schema() for name in grammar.schemas}
        storage = StorageGrammar(grammar) if grammar.is_likely(STORAGE_SHARE) else None
        self.tables = storage.tables if storage else {}
        self.queries = storage.queries() if storage else {}
        self.owners: dict[tuple[str, int], tuple] = {}

    def lines(self) -> list[str]:
        lines: list[str] = []

        def add(text: str, owner: tuple | None = None) -> None:
            lines.append(text)
            if owner:
                self.owners["openapi.json", len(lines)] = owner

        add(f'{{"openapi": "{self.edition}", "info": {{"title": "Random", "version": "1"}}, "paths": {{')
        paths = list(dict.fromkeys(path for path, _ in self.operations))
        for path in paths:
            add(f"{json_text(path)}: {{", ("path", path))
            methods = [method for other, method in self.operations if other == path]
            for method in methods:
                add(f'"{method}": {json_text(self.operations[path, method])}{"" if method == methods[-1] else ","}',
                    ("operation", (path, method)))
            add("}" if path == paths[-1] else "},")
        add('}, "components": {"schemas": {')
        for name, schema in self.components.items():
            add(f"{json_text(name)}: {json_text(schema)}{'' if name == list(self.components)[-1] else ','}",
                ("component", name))
        add("}}}")
        return lines

    def table_lines(self) -> list[str]:
        lines = ["tables:"]
        for name, table in self.tables.items():
            self.owners["schema.yaml", len(lines) + 1] = ("table", name)
            lines.append(f"  {name}: {json_text(table)}")
        return lines

    def write(self, folder: pathlib.Path) -> None:
        self.owners.clear()
        texts = {"openapi.json": "\n".join(self.lines())}
        if self.tables:
            texts |= {"schema.yaml": "\n".join(self.table_lines()) + "\n"} | self.queries
        for name, text in texts.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def remove(self, file: str, line: int) -> bool:
        """Leaves out what a finding is about; false if nothing is."""
        if file in self.queries:
            del self.queries[file]
            return True
        kind, name = self.owners.get((file, line), ("", None))
        if kind == "operation":
            self.operations.pop(name, None)
        elif kind == "path":
            self.operations = {key: value for key, value in self.operations.items() if key[0] != name}
        elif kind == "table":
            self.tables.pop(name, None)
        elif kind == "component":
            self.components[name] = {"type": "string"}
        return bool(kind)


def run(arguments: list, folder: pathlib.Path) -> subprocess.CompletedProcess:
    environment = os.environ | {"LLVM_PROFILE_FILE": "/dev/null"}
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, env=environment, check=False,
                          timeout=TOOL_SECONDS_MAX)


def generate(tool: pathlib.Path, spec: Spec, folder: pathlib.Path) -> list[pathlib.Path] | None:
    """The generated files, or None if too little of the spec is left."""
    for attempt in range(ATTEMPTS_MAX):
        place = folder / f"{attempt}"
        written, out = place / "spec", place / "out"
        spec.write(written)
        answers = [run([tool, "sql", written], place)] if spec.tables else []
        if not answers or answers[0].returncode == 0:
            answers.append(run([tool, "generate", "--spec", written, "--out", out], place))
        if any(answer.returncode not in (0, 1) for answer in answers):
            codes = [answer.returncode for answer in answers]
            raise CheckFailed(f"spec exited with {codes}: {answers[-1].stderr[-2000:]}\n{spec.lines()}")
        if answers[-1].returncode == 0:
            return sorted(out.glob("*.swift"))
        found = re.findall(r"^spec/([^:\n]*):(\d+):\d+: error: ", answers[-1].stderr, re.MULTILINE)
        if not any([spec.remove(file, int(line)) for file, line in found]):
            raise CheckFailed(f"an error of no part of the spec:\n{answers[-1].stderr[-2000:]}")
    return None


class Outcome:
    def __init__(self, number: int, is_accepted: bool, operations: int, errors: str):
        self.number, self.is_accepted, self.operations, self.errors = number, is_accepted, operations, errors


def check(number: int, tool: pathlib.Path, compiler: list[str]) -> Outcome:
    spec = Spec(number)
    with tempfile.TemporaryDirectory(prefix="spec-grammar-") as name:
        folder = pathlib.Path(name)
        files = generate(tool, spec, folder)
        if files is None:
            return Outcome(number, False, 0, "")
        answer = run([*compiler, *files], folder)
        errors = re.findall(r"^.*(?:error: |Stack dump).*\n.*", answer.stderr, re.MULTILINE)
        if answer.returncode != 0:
            errors = errors[:4] or [answer.stderr[-1000:]]
        return Outcome(number, True, len(spec.operations), "\n".join(errors))


def report(outcomes: list[Outcome]) -> None:
    faults = [outcome for outcome in outcomes if outcome.errors]
    for outcome in faults[:SHOWN_MAX]:
        print(f"spec {outcome.number} does not compile:\n{outcome.errors}")
    accepted = sum(outcome.is_accepted for outcome in outcomes)
    operations = sum(outcome.operations for outcome in outcomes)
    print(f"{accepted} of {len(outcomes)} specs accepted, with {operations} operations; {len(faults)} do not compile")
    if faults or accepted < ACCEPTED_SHARE_MIN * len(outcomes):
        numbers = " ".join(str(outcome.number) for outcome in faults)
        raise CheckFailed(f"expected that all compile (ONLY={numbers or '…'}) and {ACCEPTED_SHARE_MIN:.0%} are "
                          f"accepted; repeat with SEED={SEED} SPECS={SPECS} scripts/test grammar")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} SPEC_TOOL")
    print(f"seed {SEED}", flush=True)
    tool = pathlib.Path(sys.argv[1]).resolve()
    only = os.environ.get("ONLY")
    numbers = [int(only)] if only else range(SPECS)
    try:
        compiler = compiler_arguments(pathlib.Path(sys.argv[1]).parent)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            report(list(pool.map(lambda number: check(number, tool, compiler), numbers)))
    except CheckFailed as failure:
        sys.exit(f"error: {failure}")


main()
