"""A dialog with every defect that words alone show, line by line, and its facts as a reader gives them."""

from __future__ import annotations

from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Facts, Passage, ScenarioStatus
from consentcheck.model.words import Kind, Purpose, Surface

_ESSENTIAL = (
    "You cannot opt out of these, as our pages need them for the proper functioning of our website (to open the cookie "
    "banner and to go on remembering your privacy choices, say) and to monitor site performance. They are not used in a "
    "way that would constitute a “sale” of your data. Your browser can block them in its Options or Preferences menu."
)
_OPTIONAL = (
    "With these we personalize what you read and pick the advertisements you are shown, and we monitor site traffic and "
    "performance. To opt out of them, and of the “sale” they amount to, use this toggle switch. You will still see some "
    "advertising after that. Since we do not track you across devices or our sister papers, the choice counts only on "
    "this browser and this website."
)

LINES = (
    "Senator shares views on sharing: her disclosures, in full",  # 1, the article
    "This paper uses cookies to count its readers. We share what you read here with our social media, advertising and "
    "analytics partners.",  # 2
    "Accept Cookies",  # 3
    "Do Not Sell My Personal Information",  # 4
    "Essential Cookies - Always Active",  # 5
    _ESSENTIAL,  # 6
    "Sale of Data, Targeting & Social Cookies",  # 7
    "You have the right to opt out of the sale of your data to third parties by using this toggle switch. They serve "
    "analytics and ads. Once you opt out we will not hand over your data to any third parties.",  # 8
    "With a privacy plugin we would not be able to track your reading around the web.",  # 9
    "Targeting cookies come from advertising partners. They do not store personal information directly, but rest on "
    "uniquely identifying your browser.",  # 10
    "Social cookies let you share our stories with friends. They can track your browser across other sites.",  # 11
    "Save Settings",  # 12
    "Essential Cookies",  # 13
    _ESSENTIAL,  # 14
    "Functional Cookies",  # 15
    _ESSENTIAL,  # 16
    "Performance Cookies",  # 17
    _ESSENTIAL,  # 18
    "Sale of Data",  # 19
    _OPTIONAL,  # 20
    "Social Cookies",  # 21
    _OPTIONAL,  # 22
    "Targeting Cookies",  # 23
    _OPTIONAL,  # 24
)


def _where(surface: Surface, line: int) -> Where:
    return Where(surface=surface, scenario="first-visit", line=line)


def _passage(surface: Surface, line: int) -> Passage:
    return Passage(text=LINES[line - 1], where=_where(surface, line))


def _control(surface: Surface, line: int, purpose: Purpose) -> Control:
    return Control(text=LINES[line - 1], purpose=purpose, where=_where(surface, line))


def _category(surface: Surface, heading: int, kinds: tuple[Kind, ...], *lines: int, locked: bool = False) -> Category:
    return Category(
        name=LINES[heading - 1].removesuffix(" - Always Active"),
        kind=kinds[0],
        kinds=kinds if len(kinds) > 1 else (),
        passages=tuple(_passage(surface, line) for line in lines),
        description="\n".join(LINES[line - 1] for line in lines),
        always_active=locked,
        toggle="none" if locked else "unknown",
        source="text",
        where=_where(surface, heading).model_copy(update={"quote": LINES[heading - 1]}),
    )


def defective_facts() -> Facts:
    """The facts of `LINES`: a banner, preferences with a bundle, and a list of six empty categories."""
    listed: tuple[tuple[int, Kind], ...] = (
        (13, "necessary"),
        (15, "functional"),
        (17, "analytics"),
        (19, "sale"),
        (21, "social"),
        (23, "advertising"),
    )
    return Facts(
        kind="text",
        scenarios=(ScenarioStatus(scenario="first-visit", has=frozenset({"words"})),),
        dialogs=(
            Dialog(
                surface="banner", passages=(_passage("banner", 2),), controls=(_control("banner", 3, "accept-all"),)
            ),
            Dialog(
                surface="preferences",
                title=LINES[3],
                controls=(_control("preferences", 12, "save"),),
                categories=(
                    _category("preferences", 5, ("necessary",), 6, locked=True),
                    _category("preferences", 7, ("sale", "advertising", "social"), 8, 9, 10, 11),
                ),
            ),
            Dialog(
                surface="cookie-list",
                categories=tuple(_category("cookie-list", line, (kind,), line + 1) for line, kind in listed),
            ),
        ),
    )
