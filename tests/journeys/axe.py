"""Is a page open to all? What axe finds, a sentence each."""

from functools import cache

from django.conf import settings

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
# fmt: off
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# fmt: on
_RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"


@cache
def _program() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page) -> list[str]:
    """Evaluated by the debugger, which the page's own policy does not bind."""
    page.evaluate(f"() => {{ {_program()} }}")
    found = page.evaluate(_RUN, TAGS)
    return [
        f"{each['id']}: {each['help']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def scrolls_sideways(page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
