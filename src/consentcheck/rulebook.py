"""Rule files to `Rule`s, or an error that says path:line.

YAML is loaded by the safe C loader. What YAML would let pass in silence is refused: a key given twice, a bare ``yes``/``no``/``on``/``off``
(YAML 1.1 makes booleans of them), an alias, a key or parameter that nobody reads, an example whose facts do not fit the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from consentcheck.checks import Check, all_checks
from consentcheck.content import rules_dir
from consentcheck.errors import RuleError, UsageError
from consentcheck.model.facts import Facts
from consentcheck.model.result import RulesVersion
from consentcheck.model.rule import Rule

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:null": lambda _text: None,
}

Location = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Rulebook:
    """The rules of a run, by id, and the version of the whole."""

    rules: Mapping[str, Rule]
    version: RulesVersion
    sources: Mapping[str, Path] = field(default_factory=dict)

    def select(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Rulebook:
        """The rules that are named (ids or packs; all if none is), less those ignored. UsageError for an unknown name."""
        packs = {rule.pack for rule in self.rules.values()}
        for name in (*select, *ignore):
            if name not in self.rules and name not in packs:
                raise UsageError(f"no rule and no pack is called {name!r}; `consentcheck rules list` shows all")
        chosen = {
            rule.id: rule
            for rule in self.rules.values()
            if (not select or rule.id in select or rule.pack in select)
            and rule.id not in ignore
            and rule.pack not in ignore
        }
        return Rulebook(chosen, self.version, self.sources)


def load_rulebook(extra: Iterable[Path] = ()) -> Rulebook:
    """The shipped rules and those of outside packs. Raises RuleError at the first wrong file."""
    checks = all_checks()
    rules: dict[str, Rule] = {}
    sources: dict[str, Path] = {}
    digest = hashlib.sha256()
    for root in (rules_dir(), *extra):
        for path in rule_files(root):
            content = path.read_bytes()
            rule = read_rule(content, str(path), checks)
            if rule.id in rules:
                raise RuleError(f"{rule.id} is already defined in {sources[rule.id]}", str(path), 1)
            rules[rule.id] = rule
            sources[rule.id] = path
            digest.update(f"{rule.id}\0{len(content)}\0".encode())
            digest.update(content)
    version = RulesVersion(count=len(rules), sha256=digest.hexdigest())
    return Rulebook(rules, version, sources)


def rule_files(root: Path) -> list[Path]:
    """Rule files under a folder, in the order of their names. UsageError if there is no such folder."""
    if not root.is_dir():
        raise UsageError(f"{root} is not a folder of rules")
    return sorted(path for path in root.rglob("*.yaml") if path.is_file())


def read_rule(content: bytes, path: str, checks: Mapping[str, Check]) -> Rule:
    """One rule file. Raises RuleError with the line of the first thing that is wrong."""
    data, lines = _load(content, path)
    rule = _validated(Rule, data, lines, (), path)
    if Path(path).stem != rule.id:
        raise RuleError(f"the file of rule {rule.id} must be called {rule.id}.yaml", path, lines[("id",)])
    known = checks.get(rule.check)
    if known is None:
        raise RuleError(f"unknown check {rule.check!r}", path, lines[("check",)])
    _validated(known.params, data.get("params", {}), lines, ("params",), path)
    for index, example in enumerate(rule.examples):
        _validated(Facts, example.facts, lines, ("examples", index, "facts"), path)
    return rule


def _validated(model: type[M], data: Any, lines: Mapping[Location, int], prefix: Location, path: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        location = (*prefix, *first["loc"])
        name = ".".join(str(part) for part in location)
        what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise RuleError(f"{name}: {what}" if name else what, path, _line(lines, location)) from None


def _line(lines: Mapping[Location, int], location: Location) -> int:
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, 1)


def _load(content: bytes, path: str) -> tuple[dict[str, Any], dict[Location, int]]:
    """The file as plain data, and the line of every key and item."""
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise RuleError(f"not UTF-8: {error.reason}", path) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RuleError(error.problem or "not YAML", path, mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise RuleError(f"not YAML: {error}", path) from None
    if not isinstance(root, yaml.MappingNode):
        raise RuleError("a rule file is a mapping of keys to values", path, 1)
    lines: dict[Location, int] = {(): 1}
    return _plain(root, (), lines, path, set()), lines


def _plain(node: yaml.Node, at: Location, lines: dict[Location, int], path: str, seen: set[int]) -> Any:
    """A composed node as plain data. Recursion is bounded: PyYAML's own composer recurses over the same depth before."""
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise RuleError("aliases are not used in rule files", path, line)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise RuleError("a key is a plain word", path, key_line)
            if key in mapping:
                raise RuleError(f"key {key!r} is given twice", path, key_line)
            lines[(*at, key)] = key_line
            mapping[key] = _plain(value_node, (*at, key), lines, path, seen)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            lines[(*at, index)] = item.start_mark.line + 1
            items.append(_plain(item, (*at, index), lines, path, seen))
        return items
    if not isinstance(node, yaml.ScalarNode):
        raise RuleError("neither a mapping, a list nor a plain value", path, line)
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
        raise RuleError(f'bare {node.value} is ambiguous in YAML: write "{node.value}" or true/false', path, line)
    return _SCALARS.get(node.tag, str)(node.value)
