"""TLS to an address that was resolved before, under the name the person typed."""

import ssl
from typing import Any

from gridlens.data_sources.connections import Tls
from gridlens.data_sources.errors import TlsFailed


class NamedContext(ssl.SSLContext):
    """Presents and checks one host name, whatever address the driver connects to."""

    host: str

    def wrap_bio(self, *args: Any, **options: Any) -> ssl.SSLObject:
        options["server_hostname"] = self.host
        return super().wrap_bio(*args[:2], **{"server_side": False, **options})


def context_for(host: str, tls: Tls) -> NamedContext | None:
    """What drivers take as their TLS setting; nothing for a connection without."""
    if tls == "off":
        return None
    context = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.host = host
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if tls == "verify":
        context.load_default_certs()
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def tls_error(error: ssl.SSLError, host: str) -> TlsFailed:
    if isinstance(error, ssl.SSLCertVerificationError):
        return TlsFailed(
            f"The certificate of “{host}” was not accepted: {error.verify_message}. Use the name that "
            "stands in the certificate, have the operator trust its issuer, or choose encryption without "
            "verification.",
            fields={"tls": error.verify_message},
        )
    return TlsFailed(
        f"No encrypted connection to “{host}” came about: {error.reason or error}. Check the encryption "
        "setting.",
        fields={"tls": "the handshake failed"},
    )


def warnings_for(tls: Tls) -> tuple[str, ...]:
    if tls == "off":
        return ("The connection is not encrypted: the password and every row can be read on the way.",)
    if tls == "require":
        return ("The server's certificate is not checked: another server could answer in its place.",)
    return ()
