"""Certificates for local sites: one a host, from an authority that lives as long as the server."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import ssl
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization

CertificateKind = Literal["good", "expired", "unknown-issuer", "wrong-host"]


class Certificates:
    """One certificate a host, made when the host is first asked for by name."""

    def __init__(self, kinds: Mapping[str, CertificateKind]) -> None:
        self._kinds = kinds
        self._good, self._unknown = trustme.CA(), trustme.CA()
        self._folder = tempfile.TemporaryDirectory(prefix="consentcheck-")
        self.authority = Path(self._folder.name) / "authority.pem"
        self._good.cert_pem.write_to_path(str(self.authority))
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        self.first = self.context_for("localhost")
        self.first.sni_callback = self._choose

    def spki(self) -> str:
        """Base64 of the SHA-256 of the authority's public key."""
        key = x509.load_pem_x509_certificate(self.authority.read_bytes()).public_key()
        plain = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(plain).digest()).decode()

    def close(self) -> None:
        self._folder.cleanup()

    def context_for(self, host: str) -> ssl.SSLContext:
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._make(host)
            return self._contexts[host]

    def _choose(self, connection: Any, host: str | None, _: ssl.SSLContext) -> None:
        connection.context = self.context_for(host or "localhost")

    def _make(self, host: str) -> ssl.SSLContext:
        kind = self._kinds.get(host, "good")
        # Bad ones never come from the good authority: a browser told to trust that one's key would let them pass.
        authority = self._good if kind == "good" else self._unknown
        now = dt.datetime.now(dt.UTC)
        leaf = authority.issue_cert(
            "elsewhere.example" if kind == "wrong-host" else host,
            not_before=now - dt.timedelta(days=90),
            not_after=now + dt.timedelta(days=-30 if kind == "expired" else 30),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        pem = Path(self._folder.name) / "chain.pem"
        pem.write_bytes(leaf.private_key_and_cert_chain_pem.bytes() + authority.cert_pem.bytes())
        context.load_cert_chain(pem)
        pem.unlink()
        return context
