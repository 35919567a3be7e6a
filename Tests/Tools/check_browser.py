"""Opens /docs in a browser, wide and narrow: signs in with "Authorize", executes getMe, filters, and loads it again."""
import contextlib
import os
import shutil

from account import ADDRESS, sign_in
from live_server import CheckFailed, LiveServer, run_check
from playwright.sync_api import Error, Page, expect, sync_playwright

STEP_MILLISECONDS_MAX = 20_000
NARROW = {"width": 360, "height": 740}
# The text that the page is wider than its window by, and the widest elements that stand out of it.
OVERFLOW = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return '';
  const scrolls = (element) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX);
  const isInside = (element) => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement)
      if (scrolls(one)) return true;
    return false;
  };
  const out = [...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !isInside(one))
    .map((one) => `${one.tagName}.${one.className} ends at ${Math.round(one.getBoundingClientRect().right)}`);
  return `${root.scrollWidth} px in ${root.clientWidth} px: ${out.slice(0, 8).join('; ')}`;
}"""
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


def expect_to_fit(page: Page, place: str) -> None:
    overflow = page.evaluate(OVERFLOW)
    assert not overflow, f"{place} scrolls sideways: {overflow}"


def shown_operations(page: Page) -> int:
    return page.locator(".swagger-ui .opblock").count()


def filter_operations(page: Page) -> None:
    """The filter finds operations by id, and one tag has all of its operations."""
    field = page.locator(".swagger-ui .operation-filter-input")
    everything = shown_operations(page)
    field.fill("SETTINGS")
    expect(page.locator('[id^="operations-"][id$="-getSettings"]')).to_be_visible()
    expect(page.locator('[id^="operations-"][id$="-login"]')).to_have_count(0)
    field.fill("nothing has this name")
    expect(page.locator(".swagger-ui .opblock")).to_have_count(0)
    field.fill("")
    expect(page.locator(".swagger-ui .opblock")).to_have_count(everything)


def open_docs(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/", wait_until="networkidle")
    assert page.url == f"{server.url}/docs", f"/ leads to {page.url}"
    expect(page.locator(".swagger-ui .opblock").first).to_be_visible(timeout=STEP_MILLISECONDS_MAX)
    expect(page).to_have_title("Parley")


def check_wide(page: Page, server: LiveServer, token: str) -> None:
    open_docs(page, server)
    filter_operations(page)
    authorize(page, token)
    execute_get_me(page)


def check_narrow(page: Page, server: LiveServer) -> None:
    """On a telephone, signed in by the token of the page before."""
    page.set_viewport_size(NARROW)
    open_docs(page, server)
    expect_to_fit(page, "the list of operations")
    filter_operations(page)
    execute_get_me(page)
    expect_to_fit(page, "getMe with its response")
    for name in ("sendMessage", "uploadMedia", "listMessages"):
        operation = page.locator(f'[id^="operations-"][id$="-{name}"]')
        operation.locator(".opblock-summary-control").click()
        expect(operation.locator(".responses-wrapper").first).to_be_visible()
        for code in ("rate-limited", "send-message" if name == "sendMessage" else "requests"):
            expect(operation).to_contain_text(code)
        expect_to_fit(page, name)


def check(server: LiveServer) -> None:
    token = sign_in(server)
    with browser_page() as page:
        faults = listen_for_faults(page, server.url)
        try:
            check_wide(page, server, token)
            check_narrow(page, server)
        except (AssertionError, Error) as failure:
            seen = "\n".join(faults) or "nothing"
            raise CheckFailed(f"{failure}\nbrowser errors: {seen}\ntext of the page:\n"
                              f"{page.locator('body').inner_text()[:1000]}") from None
    if faults:
        raise CheckFailed("browser errors:\n" + "\n".join(faults))
    print("/docs: title, filter and token survive a reload, getMe is 200, nothing scrolls sideways at 360 px, no errors")


run_check(check)
