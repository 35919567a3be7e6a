"""Opens /docs in a browser, signs in with "Authorize" and executes getMe with "Try it out"."""
import contextlib
import os
import shutil

from account import ADDRESS, sign_in
from live_server import CheckFailed, LiveServer, run_check
from playwright.sync_api import Error, Page, expect, sync_playwright

STEP_MILLISECONDS_MAX = 20_000
ARGUMENTS = ["--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@contextlib.contextmanager
def browser_page():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise CheckFailed("chromium is missing: run scripts/setup test")
    # Chromium's sandbox refuses to run as root, as it does in a container.
    arguments = ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=arguments)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 1600})
            page.set_default_timeout(STEP_MILLISECONDS_MAX)
            yield page
        finally:
            browser.close()


def listen_for_faults(page: Page, origin: str) -> list[str]:
    """Collects browser errors: script errors, policy violations, failed requests, requests to foreign hosts."""
    faults = []
    page.on("console", lambda message: message.type == "error" and faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"request: {request.url} {request.failure}"))
    page.on("request", lambda request: request.url.startswith((origin, "data:", "blob:"))
            or faults.append(f"foreign host: {request.url}"))
    return faults


def authorize(page: Page, token: str) -> None:
    page.locator(".auth-wrapper .btn.authorize").first.click()
    dialog = page.locator(".dialog-ux .modal-ux")
    dialog.locator("input").first.fill(token)
    dialog.locator(".auth-btn-wrapper button.authorize").first.click()
    dialog.locator("button.btn-done").first.click()
    expect(dialog).to_have_count(0)


def execute_get_me(page: Page) -> None:
    operation = page.locator('[id^="operations-"][id$="-getMe"]')
    operation.locator(".opblock-summary-control").click()
    operation.locator(".try-out__btn").click()
    operation.locator("button.execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_have_text("200", timeout=STEP_MILLISECONDS_MAX)
    expect(answer.locator(".response-col_description")).to_contain_text(ADDRESS)


def check(server: LiveServer) -> None:
    token = sign_in(server)
    with browser_page() as page:
        faults = listen_for_faults(page, server.url)
        try:
            page.goto(f"{server.url}/docs", wait_until="networkidle")
            expect(page.locator(".swagger-ui .opblock").first).to_be_visible(timeout=STEP_MILLISECONDS_MAX)
            authorize(page, token)
            execute_get_me(page)
        except (AssertionError, Error) as failure:
            seen = "\n".join(faults) or "nothing"
            raise CheckFailed(f"{failure}\nbrowser errors: {seen}\ntext of the page:\n"
                              f"{page.locator('body').inner_text()[:1000]}") from None
    if faults:
        raise CheckFailed("browser errors:\n" + "\n".join(faults))
    print("/docs: authorized, executed getMe, got 200, no browser errors")


run_check(check)
