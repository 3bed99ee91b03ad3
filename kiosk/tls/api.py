"""What a tablet needs to trust this node. Public: a certificate is no secret, and the page is where trust begins."""

from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from kiosk.core.clock import stored
from kiosk.core.errors import KioskError, NotFound
from kiosk.core.https import https
from kiosk.core.runtime import runtime
from kiosk.tls import certificates, store
from kiosk.tls.serving import fault
from kiosk.tls.store import Chain

router = APIRouter(tags=["setup"])
files = APIRouter(include_in_schema=False)


class Setup(BaseModel):
    """HTTPS of this node, as the page /setup shows it."""

    https_address: str | None = Field(description="Secure address; null while HTTPS is not served")
    problem: str | None = Field(description="Stable code of why not; null without a fault")
    fingerprint: str | None = Field(description="SHA-256 of the office's authority in groups; null when there is none to install")
    name: str | None = Field(description="Name of the authority, as tablets list it")
    not_before: str | None = Field(description="First moment of the node's certificate")
    not_after: str | None = Field(description="Last moment of the node's certificate")
    now: str = Field(description="The node's clock, to find a tablet whose clock is wrong")


@router.get("/setup")
def setup() -> Setup:
    """How this node is reached over HTTPS, and what a tablet must compare."""
    now, told, chain = runtime().now(), https(), _chain()
    wrong = fault(told, now) if told else None
    authority = chain.authority if chain else None
    return Setup(
        https_address=told.address if told else None,
        problem=wrong.code if wrong else None,
        fingerprint=certificates.fingerprint(authority) if authority else None,
        name=certificates.common_name(authority) if authority else None,
        not_before=stored(chain.leaf.not_valid_before_utc) if chain else None,
        not_after=stored(chain.leaf.not_valid_after_utc) if chain else None,
        now=stored(now),
    )


@files.get("/setup/authority.crt")
def authority_file() -> Response:
    """The authority's certificate in DER, which Android, iPad and Windows offer to install. Raises `NotFound`."""
    return _file(Encoding.DER, "kios-ptsp.crt", "application/x-x509-ca-cert")


@files.get("/setup/authority.pem")
def authority_text() -> Response:
    """The same in PEM, which servers and programs on Linux read. Raises `NotFound`."""
    return _file(Encoding.PEM, "kios-ptsp.pem", "application/x-pem-file")


def _file(encoding: Encoding, name: str, kind: str) -> Response:
    chain = _chain()
    if chain is None or chain.authority is None:
        raise NotFound()
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(chain.authority.public_bytes(encoding), media_type=kind, headers=headers)


def _chain() -> Chain | None:
    """What lies in the folder; None also when it is damaged, which `problem` tells."""
    try:
        return store.read_node(runtime().settings.data_dir)
    except (KioskError, OSError):
        return None
