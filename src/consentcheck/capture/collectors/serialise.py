"""A tree as HTML of our own, in which nothing can run and every rendered element carries its id."""

from __future__ import annotations

from html import escape

from consentcheck.capture.collectors.tree import ELEMENT, TEXT, Tree

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
RAW = frozenset({"script", "style", "noscript", "template", "noframes", "xmp", "noembed", "plaintext", "iframe"})
"""Elements whose text a parser takes as it stands: written without it, but for the scripts of `kept_script`."""

SHADOW = "cc-shadow"
ATTRIBUTE_LIMIT = 4096
SCRIPT_LIMIT = 20_000
DATA_SCRIPTS = frozenset({"application/json", "application/ld+json"})
_CONFIGURED = (
    "onetrust", "optanon", "cookiebot", "didomi", "usercentrics", "sourcepoint", "_sp_", "truste", "trustarc", "osano", "iubenda",
    "klaro", "cookieconsent", "termly", "quantcast", "__tcfapi", "__gpp", "__uspapi", "ketch", "transcend", "axeptio", "complianz",
    "gtag('consent", 'gtag("consent', "datalayer",
)  # fmt: skip


def serialise(tree: Tree, known: frozenset[str]) -> str:
    """The document as HTML. Elements whose id is in ``known`` carry it as ``data-cc``; a shadow root stands as ``<cc-shadow>``.

    The browser gives the tree as it is drawn: a host's children are its shadow root's, with what is slotted into them.
    """
    out: list[str] = ["<!doctype html>"]
    open_tags: list[tuple[int, str]] = []
    left_out = bytearray(len(tree.parents))
    for node, parent in enumerate(tree.parents):
        if parent >= 0 and left_out[parent]:
            left_out[node] = 1
            continue
        while open_tags and open_tags[-1][0] != parent:
            out.append(f"</{open_tags.pop()[1]}>")
        mode = tree.shadow.get(node)
        if mode == "user-agent" or node in tree.pseudo:
            left_out[node] = 1
            continue
        if mode and parent not in tree.shadow and (not open_tags or open_tags[-1] != (parent, SHADOW)):
            out.append(f'<{SHADOW} mode="{escape(mode)}">')
            open_tags.append((parent, SHADOW))
        if tree.types[node] == ELEMENT:
            name = _tag(tree.names[node])
            out.append(_start(tree, node, name, known))
            if name in RAW:
                out.append(f"{_script(tree, node) if name == 'script' else ''}</{name}>")
                left_out[node] = 1
            elif name in VOID:
                left_out[node] = 1
            else:
                open_tags.append((node, name))
        elif tree.types[node] == TEXT:
            out.append(escape(tree.values[node], quote=False))
    out.extend(f"</{name}>" for _, name in reversed(open_tags))
    return "".join(out)


def _tag(name: str) -> str:
    """A name that a parser reads back as the same element."""
    return (
        name
        if name[:1].isalpha() and all(c.isalnum() or c in "-_:." for c in name) and name.isascii()
        else "cc-unknown"
    )


def _start(tree: Tree, node: int, name: str, known: frozenset[str]) -> str:
    parts = [f"<{name}"]
    if str(tree.backend[node]) in known:
        parts.append(f' data-cc="{tree.backend[node]}"')
    attributes = tree.attributes[node]
    state = {"checked": node in tree.checked} if name == "input" else {}
    state |= {"selected": node in tree.selected} if name == "option" else {}
    for key, value in attributes.items():
        lowered = key.lower()
        if lowered in ("data-cc", "srcdoc", "nonce") or lowered in state or not _plain(key):
            continue
        if name == "input" and lowered == "value" and attributes.get("type", "").lower() == "password":
            continue
        parts.append(f' {key}="{escape(value[:ATTRIBUTE_LIMIT])}"')
    parts += [f' {key}=""' for key, holds in state.items() if holds]
    parts.append(">")
    return "".join(parts)


def _plain(key: str) -> bool:
    return bool(key) and all(c.isalnum() or c in "-_:.@" for c in key)


def _script(tree: Tree, node: int) -> str:
    """The text of a script that is data, or that configures a consent manager."""
    text = "".join(
        tree.values[child]
        for child in range(node + 1, min(node + 9, len(tree.parents)))
        if tree.parents[child] == node and tree.types[child] == TEXT
    )
    kind = tree.attributes[node].get("type", "").lower()
    lowered = text.lower()
    wanted = kind in DATA_SCRIPTS or any(word in lowered for word in _CONFIGURED)
    return text.replace("</", "<\\/").replace("<!--", "<\\!--") if wanted and len(text) <= SCRIPT_LIMIT else ""
