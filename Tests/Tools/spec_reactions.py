"""Tests the build after files of a spec are edited, added or removed, and with errors in them."""
import contextlib
import subprocess

from live_server import CheckFailed
from pet_store import Package, expect

TARGET = ("--target", "Contract")
RUNS = "Generating the contract of Contract"
TOYS = """
toys:
  get:
    operationId: countToys
    summary: Count what the animals play with
    tags: [Pets]
    security: []
    responses:
      '204':
        description: Nobody counted them.
"""


def expect_text(output: str, *texts: str) -> None:
    for text in texts:
        if text not in output:
            raise CheckFailed(f"this text is missing:\n{text}\nin the output:\n{output[-4000:]}")


def times(package: Package) -> dict[str, int]:
    return {name: path.stat().st_mtime_ns for name, path in package.generated("Contract").items()}


@contextlib.contextmanager
def rewrites(package: Package, names):
    """Expects that exactly the named generated files are written while the block runs."""
    before = times(package)
    yield
    after = times(package)
    expect("rewritten files", {name for name in after if after[name] != before.get(name)}, set(names()))


def holding(package: Package, text: str) -> set[str]:
    return {name for name, path in package.generated("Contract").items() if text in path.read_text()}


def unchanged_spec_costs_nothing(package: Package) -> None:
    # After files were added or removed, SwiftPM plans again and links the tool once more in the next build.
    package.build(*TARGET)
    package.build(*TARGET)
    with rewrites(package, set):
        output = package.build(*TARGET)
    expect("the generator ran", RUNS in output, False)


def edit_rewrites_what_it_changes(package: Package) -> None:
    def bounded() -> set[str]:
        """The document and the rule, which has the number as text."""
        return holding(package, "maximum: 77") | holding(package, 'maximum: "77"')

    with rewrites(package, bounded):
        package.edit("spec/schemas/pets.yaml", "maximum: 1000", "maximum: 77")
        expect_text(package.build(*TARGET), RUNS, "spec: 9 operations")
    expect("changed files", sorted(name.split("+")[1] for name in bounded()),
           ["Documents.swift", "Models"])


def comment_rewrites_nothing(package: Package) -> None:
    with rewrites(package, set):
        package.edit("spec/schemas/pets.yaml", "Kind:\n", "# The kinds of animals.\nKind:\n")
        expect_text(package.build(*TARGET), RUNS)


def added_file_is_noticed(package: Package) -> None:
    """An operation in a new file is generated, and the compiler names the method that is missing."""
    (package.path / "spec/paths/toys.yaml").write_text(TOYS)
    package.edit("spec/openapi.yaml", "  /orders:\n", "  /toys:\n    $ref: paths/toys.yaml#/toys\n  /orders:\n")
    output = package.refused("--target", "Services")
    expect("generated", "enum CountToys" in package.generated("Contract")["Spec+Operations+paths_toys.swift"].read_text(), True)
    expect_text(output, "Pets.swift", "does not conform to protocol 'PetsService'", "countToys")


def removed_file_is_noticed(package: Package) -> None:
    (package.path / "spec/paths/toys.yaml").unlink()
    line = line_of(package, "spec/openapi.yaml", "toys.yaml")
    expect_text(package.refused(*TARGET), f"""
spec/openapi.yaml:{line}:11: error: the file 'spec/paths/toys.yaml' does not exist [ref-unknown]
{line:5} |     $ref: paths/toys.yaml#/toys
      |           ^~~~~~~~~~~~~~~~~~~~~
""")
    package.edit("spec/openapi.yaml", "  /toys:\n    $ref: paths/toys.yaml#/toys\n", "")
    expect_text(package.build("--target", "Services"), "spec: 9 operations")


def mistake_has_its_line_everywhere(package: Package) -> None:
    """The build, the package command and the tool print the same diagnostic."""
    package.edit("spec/schemas/pets.yaml", "      maxLength: 40\n      pattern:", "      maxLenght: 40\n      pattern:")
    said = mistake(package)
    expect_text(package.refused(*TARGET), said)
    code, output = package.swift("package", "spec", "lint")
    expect("swift package spec lint", code, 1)
    expect_text(output, said)
    package.edit("spec/schemas/pets.yaml", "maxLenght", "maxLength")
    expect_text(package.build(*TARGET), "spec: 9 operations")
    code, output = package.swift("package", "spec", "lint")
    expect("swift package spec lint", code, 0)
    expect_text(output, "no findings")


def mistake(package: Package) -> str:
    """The exact output of `spec lint` for the misspelt keyword."""
    code, output = lint(package, "spec")
    expect("spec lint", code, 1)
    line = line_of(package, "spec/schemas/pets.yaml", "maxLenght")
    expect("spec lint", output, f"""\
spec/schemas/pets.yaml:{line}:7: error: a schema has no keyword 'maxLenght' [keyword-unknown]
{line:5} |       maxLenght: 40
      |       ^~~~~~~~~
help: did you mean 'maxLength'?
1 error
""")
    return output.removesuffix("1 error\n")


def line_of(package: Package, name: str, text: str) -> int:
    lines = (package.path / name).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def column_needs_its_query_and_migration(package: Package) -> None:
    package.edit("spec/schema.yaml", "      photo: bytes?\n", "      photo: bytes?\n      price: integer?\n")
    expect_text(
        package.refused(*TARGET), "error: the statement returns 11 columns, but 12 are declared [query-result]")
    package.edit("spec/queries/pets.sql", "mother, photo, order_id", "mother, photo, price, order_id")
    expect_text(
        package.refused(*TARGET), "error: no migration contains this change: column pets.price",
        "       price: integer?\n      |       ^~~~~\n")
    code, output = package.swift("package", "spec", "sql", "--name", "price")
    expect("swift package spec sql", (code, output if code else ""), (0, ""))
    package.build(*TARGET)
    expect("embedded", holding(package, '"0003-price"'), {"Spec+Migrations.swift"})


def lint_exit_codes(package: Package) -> None:
    empty = package.path.parent / "empty"
    empty.mkdir(exist_ok=True)
    cases = [(("spec",), 0, "no findings"), (("nowhere",), 2, "nowhere"), (("spec", "--loud"), 2, "--loud"),
             ((str(empty),), 2, "openapi.yaml"), (("spec/openapi.yaml",), 2, "spec/openapi.yaml")]
    for arguments, code, text in cases:
        got, output = lint(package, *arguments)
        expect(f"spec lint {' '.join(arguments)}", got, code)
        expect_text(output, text)


def lint(package: Package, *arguments: str) -> tuple[int, str]:
    done = subprocess.run([package.product("spec-tool"), "lint", *arguments], cwd=package.path, text=True, timeout=60,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


STEPS = (unchanged_spec_costs_nothing, edit_rewrites_what_it_changes, comment_rewrites_nothing,
         added_file_is_noticed, removed_file_is_noticed, mistake_has_its_line_everywhere,
         column_needs_its_query_and_migration, lint_exit_codes)


def check_reactions(package: Package) -> None:
    for step in STEPS:
        try:
            step(package)
        except CheckFailed as failure:
            raise CheckFailed(f"{step.__name__}: {failure}") from None
