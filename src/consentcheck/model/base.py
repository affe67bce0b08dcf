"""What every model shares: frozen, and no key that the model does not know."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value; an unknown key is an error, so a typo in a rule's example cannot pass unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Where(Model):
    """A place in the evidence: a quotation, and how to find it again. Only the keys that apply are set."""

    surface: str | None = None
    scenario: str | None = None
    quote: str | None = None
    line: int | None = None
    """1-based line of a text input."""
    selector: str | None = None
    """CSS selector in the document; shadow roots are crossed with `` >>> ``."""
    screenshot: str | None = None
    """Path of a picture, relative to the evidence folder."""
    request: str | None = None
    """URL of a request, shortened, without secrets."""
    box: tuple[float, float, float, float] | None = None
    """x, y, width, height in CSS pixels of the screenshot."""
