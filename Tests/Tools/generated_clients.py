"""Clients that other people's generators make of /openapi.json, behind one way to call an operation."""
import importlib
import inspect
import io
import os
import pathlib
import pkgutil
import re
import subprocess
import sys

from live_server import CheckFailed

GENERATING_SECONDS_MAX = 120
# Of a document with one operation; both generators say more of ours only if something in it is unusual.
MINIMAL = {
    "openapi": "3.1.0", "info": {"title": "Minimal", "version": "1.0.0"}, "servers": [{"url": "/"}],
    "paths": {"/minimal": {"get": {"operationId": "minimal", "tags": ["Minimal"], "responses": {
        "200": {"description": "Text.", "content": {"application/json": {"schema": {"type": "string"}}}}}}}},
}


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def run(command: list, folder: pathlib.Path, variables: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=os.environ | variables, text=True, timeout=GENERATING_SECONDS_MAX,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise CheckFailed(f"{command[0]} exited with {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


class GeneratedClient:
    """A client of one generator: `call` sends one request and returns status and value."""
    name = ""
    package = ""

    def __init__(self, url: str, token: str | None):
        self.url, self.token = url, token

    @classmethod
    def generate(cls, document: pathlib.Path, folder: pathlib.Path) -> set[str]:
        """Generates the package into the folder; returns the warnings."""
        raise NotImplementedError

    @classmethod
    def model(cls, model: str, **values):
        return getattr(importlib.import_module(f"{cls.package}.models"), model)(**values)

    @classmethod
    def operations(cls) -> list:
        """The modules with operations."""
        api = importlib.import_module(f"{cls.package}.api")
        return [importlib.import_module(found.name) for found in
                pkgutil.walk_packages(api.__path__, f"{cls.package}.api.") if not found.ispkg]


class OpenAPIPythonClient(GeneratedClient):
    name = "openapi-python-client"
    package = "attrs_client"

    @classmethod
    def generate(cls, document, folder):
        tool = pathlib.Path(sys.executable).parent
        path = f"{tool}{os.pathsep}{os.environ['PATH']}"  # it formats with the ruff beside it
        output = run([tool / cls.name, "generate", "--path", document, "--output-path", folder / cls.package,
                      "--meta", "none", "--overwrite"], folder, {"PATH": path})
        return {line for line in output.splitlines() if line.strip() and not line.startswith("Generating ")}

    def call(self, operation: str, body=None, **parameters):
        module = next(one for one in self.operations() if one.__name__.endswith(f".{snake(operation)}"))
        clients = importlib.import_module(f"{self.package}.client")
        client = (clients.AuthenticatedClient(base_url=self.url, token=self.token) if self.token
                  else clients.Client(base_url=self.url))
        values = {name if name not in ("with", "from") else f"{name}_": value for name, value in parameters.items()}
        with client:
            answer = module.sync_detailed(client=client, **values, **({} if body is None else {"body": body}))
        return int(answer.status_code), answer.parsed

    def upload(self, name: str, content: bytes):
        file = importlib.import_module(f"{self.package}.types").File(io.BytesIO(content), name, "application/octet-stream")
        return self.call("uploadMedia", self.model("MediaForm", file=file))

    @staticmethod
    def file(value) -> bytes:
        return value.payload.read()

    @staticmethod
    def data(event):
        return event.data


class OpenAPIGenerator(GeneratedClient):
    name = "openapi-generator"
    package = "pydantic_client"

    @classmethod
    def generate(cls, document, folder):
        tool = pathlib.Path(sys.executable).parent / "openapi-generator-cli"
        # The two parameters of the document that Python cannot use as names of types.
        output = run([tool, "generate", "-i", document, "-g", "python", "-o", folder, "--package-name", cls.package,
                      "--model-name-mappings", "with=WithUser,from=FromTime"], folder, {"JAVA_OPTS": "-Xmx512m"})
        return {line.split(" ", 1)[-1] for line in output.splitlines() if re.search(r"\b(WARN|ERROR)\b|Exception", line)}

    def call(self, operation: str, body=None, **parameters):
        root = importlib.import_module(self.package)
        configuration = root.Configuration(host=self.url, access_token=self.token)
        with root.ApiClient(configuration) as client:
            method = self.method(client, snake(operation))
            values = {f"var_{name}" if name in ("with", "from") else name: value for name, value in parameters.items()}
            if body is not None:
                values[snake(type(body).__name__)] = body
            try:
                answer = method(**values)
            except root.ApiException as refusal:
                return refusal.status, refusal.data
        return answer.status_code, answer.data

    @classmethod
    def method(cls, client, operation: str):
        for module in cls.operations():
            for _, api in inspect.getmembers(module, inspect.isclass):
                if api.__module__ == module.__name__ and hasattr(api, f"{operation}_with_http_info"):
                    return getattr(api(client), f"{operation}_with_http_info")
        raise CheckFailed(f"{cls.name} made no method {operation}")

    def upload(self, name: str, content: bytes):
        return self.call("uploadMedia", file=(name, content))

    @staticmethod
    def file(value) -> bytes:
        return bytes(value)

    @staticmethod
    def data(event):
        return event.data.actual_instance
