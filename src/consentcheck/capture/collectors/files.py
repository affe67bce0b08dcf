"""A file that we ask the page's own host for, through the browser: as the page would, with its address and its proxy."""

from __future__ import annotations

import base64

from consentcheck.capture.cdp import Wire
from consentcheck.capture.collectors.traffic import RESPONSE_LIMIT, Traffic


async def fetch_file(wire: Wire, url: str, traffic: Traffic) -> None:
    """Ask for it, without cookies; the answer stands among the requests."""
    frame = (await wire.page.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    answer = await wire.page.send(
        "Network.loadNetworkResource",
        frameId=frame,
        url=url,
        options={"disableCache": False, "includeCredentials": False},
    )
    resource = answer["resource"]
    body = ""
    if "stream" in resource:
        read = await wire.page.send("IO.read", handle=resource["stream"], size=RESPONSE_LIMIT)
        body = base64.b64decode(read["data"]).decode("utf-8", "replace") if read.get("base64Encoded") else read["data"]
        await wire.page.send("IO.close", handle=resource["stream"])
    status = resource.get("httpStatusCode")
    traffic.add_fetched(url, status, resource.get("headers", {}), body, resource.get("netErrorName"))
