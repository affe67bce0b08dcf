"""What in a page is acted on: switches, buttons, and what is drawn as one."""

from __future__ import annotations

import re
from itertools import islice

from consentcheck.knowledge.phrases import plain, purpose_of
from consentcheck.reading.document import Page
from consentcheck.reading.flatten import wordset
from consentcheck.reading.name_parts import POSITIONS
from consentcheck.reading.tree import Node, tidy

_TOGGLE_ROLES = frozenset({"switch", "checkbox", "menuitemcheckbox"})
_BUTTON_ROLES = frozenset({"button", "tab", "menuitem"})
_DECIDING = frozenset({"accept-all", "decline-all", "save", "settings"})
_ANSWERS = POSITIONS | wordset("accept allow agree consent enable reject deny decline disagree refuse disable block")
"""What one of a pair of radio buttons says when the pair is a switch."""
_ANSWERS_OF = dict.fromkeys(("accept", "allow", "agree", "consent", "on", "yes", "enable"), True) | dict.fromkeys(
    ("reject", "deny", "decline", "disagree", "refuse", "off", "no", "disable", "block"), False
)
_REFUSING = wordset("disagree reject deny decline refuse disable block object off no denied inactive disabled blocked")
"""First or last words of the one of several buttons whose being pressed means off."""
_LONGEST_LABEL = 60
_CHOICES = 2
"""Options of a list that is a switch."""
_FEW = 8
"""Nodes of an element that holds no more than a label."""
_DRAWN = re.compile(r"btn|button|accept|reject|decline|agree|close-?banner")
_FORM = frozenset({"form"})
_HOLDERS = frozenset({"a", "button", "label", "summary", "h1", "h2", "h3", "h4", "h5", "h6"})


def is_toggle(node: Node) -> bool:
    """Whether an element has a state that a person switches."""
    tag = node.tag
    if tag == "select":
        return chosen_answer(node) is not None
    if tag not in {"input", "button", "div", "span", "a", "label", "li"} and not (tag or "").count("-"):
        return False
    attributes = node.attributes
    if tag == "input":
        kind = (attributes.get("type") or "").lower()
        return kind == "checkbox" or (not kind and _is_switch_by_class(attributes.get("class") or ""))
    role = attributes.get("role") or ""
    return role in _TOGGLE_ROLES or (tag == "button" and "aria-pressed" in attributes)


def is_button(node: Node) -> bool:
    """Whether an element is acted on as a whole: a button, a tab, an input that submits."""
    tag = node.tag
    if tag == "input":
        return (node.attributes.get("type") or "").lower() in {"button", "submit", "image", "radio"}
    if tag in {"button", "summary"}:
        return True
    role = node.attributes.get("role")
    return role in _BUTTON_ROLES if role else False


def acts(link: Node, words: str) -> bool:
    """Whether a link among words is a button: it decides, and leads nowhere or is drawn as one."""
    attributes = link.attributes
    nowhere = (attributes.get("href") or "#").lower().startswith(("#", "javascript:"))
    drawn = bool(_DRAWN.search((attributes.get("class") or "").lower()))
    return (nowhere or drawn) and len(words) <= _LONGEST_LABEL and purpose_of(words) in _DECIDING


def answer_of(text: str) -> bool | None:
    """Whether a button's one word says yes or no; None when it says anything else."""
    words = plain(text[:40])
    return _ANSWERS_OF.get(words[0]) if len(words) == 1 else None


def chosen_answer(node: Node) -> bool | None:
    """Whether a list to choose from, whose two options say yes and no, is at yes; None for any other list."""
    options = node.css("option")[: _CHOICES + 1]
    if len(options) > _CHOICES:
        return None
    said = {bool(answer): option for option in options if (answer := _answer_in(option)) is not None}
    if len(said) < _CHOICES:
        return None
    picked = next((yes for yes, option in said.items() if "selected" in option.attributes), None)
    return _answer_in(options[0]) if picked is None else picked


def _answer_in(option: Node) -> bool | None:
    """What an option says: by its one word, or by a refusal before it ("Do not allow")."""
    words = plain((option.text() or "")[:40])
    if words[:2] == ("do", "not") or words[:1] in {("don't",), ("not",)}:
        return False
    return _ANSWERS_OF.get(words[0], True if words[0] in {"allowed", "enabled", "active"} else None) if words else None


def is_radio(page: Page, node: Node) -> bool:
    """Whether an element is one of a group of which one is chosen."""
    kind = page.attribute(node, "type") if node.tag == "input" else page.attribute(node, "role")
    return kind.lower() == "radio"


def refuses(text: str) -> bool:
    """Whether the button of a switch with these words is the one that means off."""
    words = plain(text) or ("",)
    return words[0] in _REFUSING or words[-1] in _REFUSING


def refusal_beside(page: Page, radio: Node) -> Node | None:
    """The radio button that means off in the group of another one."""
    group = page.attribute(radio, "name")
    for other in page.css("input[type=radio]", page.closest(radio, _FORM)) if group else ():
        same = page.attribute(other, "name") == group and other.mem_id != radio.mem_id
        if same and (refuses(page.name(other)) or refuses(page.label(other))):
            return other
    return None


def is_answer(page: Page, node: Node) -> bool:
    """Whether an element is a radio button that says a position: with the others of its group it is a switch."""
    return is_radio(page, node) and any(
        name.lower().strip(" .:") in _ANSWERS for name in (page.name(node), page.label(node), _few_words(page, node))
    )


def decides_for_all(page: Page, node: Node) -> bool:
    """Whether a button that can be pressed decides on everything at once, or on nothing, and so is no switch.

    A bare "Accept" does beside a bare "Reject": where such a pair is one of several, `items` makes switches of them.
    """
    if node.tag != "button" or "aria-pressed" not in node.attributes:
        return False
    text = page.text(node)
    purpose = purpose_of(text)
    if purpose in {"accept-all", "decline-all"} and "all" not in plain(text):
        return "aria-label" not in node.attributes and _has_opposite(page, node, text)
    return purpose in _DECIDING or purpose == "close"


def _has_opposite(page: Page, node: Node, text: str) -> bool:
    """Whether one of the next few elements beside a button is a button that gives the opposite answer."""
    answer = answer_of(text)
    before, after = node, node
    for _ in range(_FEW):
        before, after = before.prev or before, after.next or after
        if any(n.tag == "button" and answer_of(page.text(n)) not in {answer, None} for n in (before, after)):
            return answer is not None
    return False


def is_drawn_button(page: Page, node: Node) -> bool:
    """Whether an element that is no button is one for the eye: called so, and holding only the words of one."""
    if node.tag not in {"div", "span", "p", "li"}:
        return False
    attributes = node.attributes
    if not attributes or (
        "onclick" not in attributes
        and attributes.get("tabindex") != "0"
        and not _DRAWN.search(f"{attributes.get('class')} {attributes.get('id')}".lower())
    ):
        return False
    text = _few_words(page, node)
    return (
        0 < len(text) <= _LONGEST_LABEL
        and purpose_of(text) in _DECIDING
        and node.css_first("a, button, input, label, [role=button], h1, h2, h3, h4, h5, h6") is None
        and page.closest(node, _HOLDERS, 4) is None
    )


def _few_words(page: Page, node: Node) -> str:
    """The words of an element that holds only a few nodes, empty for any other."""
    inside = list(islice(page.walk(node), _FEW + 1))
    return tidy("".join(n.text_content or "" for n in inside if n.is_text_node)) if len(inside) <= _FEW else ""


def _is_switch_by_class(classes: str) -> bool:
    lowered = classes.lower()
    return any(word in lowered for word in ("switch", "toggle", "checkbox"))
