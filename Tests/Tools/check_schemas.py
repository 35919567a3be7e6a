"""Compares the compiler's judgement of random instances with jsonschema's, for random schemas of OpenAPI 3.0 and 3.1.

`spec lint` warns of each example that its schema does not allow, by the rules of requests: exactly the invalid
instances may have a warning, but for the named DEVIATIONS. Schemas that the compiler rejects are skipped and counted.
SCHEMAS sets how many schemas there are, SEED repeats a run.
"""
import concurrent.futures
import functools
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from live_server import CheckFailed
from random_instances import InstanceMaker
from random_schemas import Chance, SchemaMaker, json_text, reference
from schema_reference import DEVIATIONS, Reference

SCHEMAS = int(os.environ.get("SCHEMAS", "1000"))
SEED = os.environ.get("SEED") or str(random.SystemRandom().randrange(2**31))
INSTANCES = 12
SCHEMAS_PER_DOCUMENT = 6
REJECTED_SHARE_MAX = 0.4  # between a fifth and a third are
SHOWN_MAX = 5
LINT_SECONDS_MAX = 60


class Subject:
    """A schema with the components that it refers to, and its instances."""

    def __init__(self, number: int, edition: str, chance: Chance):
        self.name, self.edition = f"S{number}", edition
        self.components = SchemaMaker(chance, edition).make(self.name)
        maker = InstanceMaker(chance, self.components)
        self.instances = [maker.instance(self.components[self.name]) for _ in range(INSTANCES)]

    def verdicts(self) -> list[bool]:
        judge = Reference(self.edition, self.components)
        return [judge.allows(self.name, instance) for instance in self.instances]


class Document:
    """A document with one operation per subject; each component and each example has a line of its own."""

    def __init__(self, edition: str, subjects: list[Subject]):
        self.lines: list[str] = []
        self.owners: dict[int, tuple[Subject, int | None]] = {}
        self.add(f'{{"openapi": "{edition}.0", "info": {{"title": "Random schemas", "version": "1"}}, "paths": {{')
        for subject in subjects:
            self.add_operation(subject, "," if subject is not subjects[-1] else "")
        self.add('}, "components": {"schemas": {')
        for subject in subjects:
            for name, schema in subject.components.items():
                is_last = subject is subjects[-1] and name == subject.name
                self.add(f"{json_text(name)}: {json_text(schema)}{'' if is_last else ','}", subject)
        self.add("}}}")

    def add(self, line: str, subject: Subject | None = None, instance: int | None = None) -> None:
        self.lines.append(line)
        if subject:
            self.owners[len(self.lines)] = subject, instance

    def add_operation(self, subject: Subject, separator: str) -> None:
        schema = json_text(reference(subject.name))
        self.add(f'"/{subject.name}": {{"post": {{"operationId": "judge{subject.name}", "requestBody": {{"content": '
                 f'{{"application/json": {{"schema": {schema}, "examples": {{', subject)
        for number, instance in enumerate(subject.instances):
            comma = "," if number < len(subject.instances) - 1 else ""
            self.add(f'"e{number}": {{"value": {json_text(instance)}}}{comma}', subject, number)
        self.add(f'}}}}}}}}, "responses": {{"204": {{"description": "Valid."}}}}}}}}{separator}', subject)


class Lint:
    """The findings of a document: whose schemas have an error, and whose examples have a warning."""

    def __init__(self, tool: str, document: Document):
        with tempfile.TemporaryDirectory(prefix="spec-check-") as folder:
            spec = pathlib.Path(folder, "spec")
            spec.mkdir()
            (spec / "openapi.json").write_text("\n".join(document.lines))
            # Beside the spec: lint rejects files that it does not read.
            environment = os.environ | {"LLVM_PROFILE_FILE": f"{folder}/spec.profraw"}
            answer = subprocess.run([tool, "lint", spec], capture_output=True, text=True, env=environment,
                                    timeout=LINT_SECONDS_MAX, check=False)
        if answer.returncode not in (0, 1):
            raise CheckFailed(f"spec lint exited with {answer.returncode}: {(answer.stdout + answer.stderr)[-2000:]}")
        self.is_valid = answer.returncode == 0
        # Only the first findings are printed.
        self.is_cut = re.search("^… and [0-9]+ more$", answer.stdout, re.MULTILINE) is not None
        self.rejected = {document.owners[line][0] for line in self.lines("error: ", answer.stdout)}
        self.warned = {document.owners[line] for line in self.lines("warning: the example does not", answer.stdout)}

    @staticmethod
    def lines(finding: str, text: str) -> set[int]:
        return {int(line) for line in re.findall(rf"openapi\.json:(\d+):\d+: {finding}", text)}


def judged(tool: str, edition: str, subjects: list[Subject]) -> list[tuple[Subject, set[int]]]:
    """The accepted subjects, and the numbers of their instances that have a warning."""
    if not subjects:
        return []
    lint = Lint(tool, Document(edition, subjects))
    if lint.is_valid and not lint.is_cut:
        return [(subject, {number for owner, number in lint.warned if owner is subject}) for subject in subjects]
    if len(subjects) > 1:
        kept = [subject for subject in subjects if subject not in lint.rejected]
        # An error may stand in no schema of these, such as a limit of the whole document.
        middle = len(kept) // 2 if lint.is_cut or len(kept) == len(subjects) else 0
        return judged(tool, edition, kept[:middle]) + judged(tool, edition, kept[middle:])
    if lint.is_valid:
        raise CheckFailed(f"spec lint prints too few findings of {json_text(subjects[0].components)}")
    return []


def batch(tool: str, start: int) -> list[tuple[Subject, set[int]]]:
    """Judges the next schemas; each batch has a seed of its own, because batches run beside each other."""
    chance = Chance(f"{SEED} {start}")
    edition = "3.0" if start // SCHEMAS_PER_DOCUMENT % 2 else "3.1"
    numbers = range(start, min(start + SCHEMAS_PER_DOCUMENT, SCHEMAS))
    return judged(tool, edition, [Subject(number, edition, chance) for number in numbers])


class Comparison:
    def __init__(self):
        self.schemas = self.valid = self.invalid = 0
        self.differences: list[str] = []

    def compare(self, subject: Subject, warned: set[int]) -> None:
        self.schemas += 1
        for number, is_valid in enumerate(subject.verdicts()):
            self.count(subject, subject.instances[number], is_valid, number not in warned)

    def count(self, subject: Subject, instance: object, is_valid: bool, is_accepted: bool) -> None:
        self.valid += is_valid
        self.invalid += not is_valid
        if is_accepted != is_valid:
            self.differences.append(
                f"{'accepted' if is_accepted else 'rejected'}, but {'valid' if is_valid else 'invalid'} in OpenAPI "
                f"{subject.edition}: {json_text(instance)}\n    in {subject.name} of {json_text(subject.components)}")

    def report(self) -> None:
        for difference in self.differences[:SHOWN_MAX]:
            print(difference)
        print(f"deviations from jsonschema: {'; '.join(DEVIATIONS)}")
        rejected = 1 - self.schemas / SCHEMAS
        print(f"{self.schemas} schemas compared, {rejected:.0%} of {SCHEMAS} rejected; {self.valid} valid and "
              f"{self.invalid} invalid instances, {len(self.differences)} differences")
        if self.differences or rejected > REJECTED_SHARE_MAX:
            raise CheckFailed(f"expected no differences and at most {REJECTED_SHARE_MAX:.0%} of the schemas rejected; "
                              f"repeat with SEED={SEED} SCHEMAS={SCHEMAS} scripts/test schemas")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} SPEC_TOOL")
    print(f"seed {SEED}", flush=True)
    comparison = Comparison()
    try:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for found in pool.map(functools.partial(batch, sys.argv[1]), range(0, SCHEMAS, SCHEMAS_PER_DOCUMENT)):
                for subject, warned in found:
                    comparison.compare(subject, warned)
        comparison.report()
    except CheckFailed as failure:
        sys.exit(f"error: {failure}")


main()
