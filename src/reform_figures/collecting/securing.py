"""Why a secure connection could not be made, and what to do about it.

In: the error of a TLS handshake. Out: a reason that reads on after an address. "Kết nối không an toàn" (the
connection is not secure) is all that a browser says; nothing here ever waves a bad certificate through.
"""

from __future__ import annotations

import ssl

_UNTRACEABLE = (
    "its certificate cannot be traced to a known authority, most often because the portal leaves out the "
    "intermediate certificate; save that one and name it as ca_file"
)
CERTIFICATES = {
    9: "its certificate is not valid yet; check the clock of this machine, or tell the portal",
    10: "its certificate has expired; tell the portal, or wait for a new one",
    18: "its certificate is signed by itself; if you trust it, save it and name it as ca_file",
    19: "its certificate goes back to an authority that is not trusted; if you trust it, name it as ca_file",
    20: _UNTRACEABLE,
    21: _UNTRACEABLE,
    62: "its certificate was made for another host name; check the address (with or without www.)",
}
"""OpenSSL's verify codes (X509_V_ERR_...): what each means and what to do."""
HANDSHAKES = {
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": "its server knows only the old way of renewing a connection (unsafe "
    "legacy renegotiation), which is refused here; tell the portal to update it, or collect its pages from an archive",
    "WRONG_VERSION_NUMBER": "the TLS handshake failed (wrong version number): its server does not speak TLS on this "
    "port; try http:// in the address",
}
"""OpenSSL's names of other troubles. The first was seen on bnews.vn with OpenSSL 3."""


def tls_reason(error: ssl.SSLError) -> str:
    """The reason in words, with OpenSSL's own where nothing better is known."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CERTIFICATES.get(error.verify_code, f"its certificate is refused ({error.verify_message})")
    plain = (error.reason or str(error)).replace("_", " ").lower()
    return HANDSHAKES.get(error.reason or "", f"the TLS handshake failed ({plain})")
