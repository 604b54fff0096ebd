"""The bill of materials (CycloneDX 1.6) of what is shipped, written by hand: the format is a small JSON.

The usual tool (cyclonedx-bom) looks at a whole environment and brings ten packages of its own; this names the
runtime only, and what is compiled into it, and is the same for the same input.
"""

import datetime as dt
import json
import uuid
from typing import Any

from release.parts import Part

NAME = "pingan-taizhang"


def bill(version: str, moment: int, found: list[Part]) -> str:
    """The JSON text.

    :param moment: seconds since 1970, of the commit.
    """
    made = dt.datetime.fromtimestamp(moment, dt.UTC)
    serial = uuid.uuid5(uuid.NAMESPACE_URL, f"{NAME}@{version}@{moment}")
    whole = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "application", "bom-ref": NAME, "name": NAME, "version": version},
        },
        "components": [_component(one) for one in found],
        "dependencies": [{"ref": NAME, "dependsOn": [_ref(one) for one in found]}],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _ref(part: Part) -> str:
    return part.purl or f"within:{part.name}"


def _component(part: Part) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": _ref(part),
        "name": part.name,
        "version": part.version,
        "licenses": [{"expression": part.licence}],
        "externalReferences": [{"type": "distribution", "url": part.source}],
    }
    return {**made, "purl": part.purl} if part.purl else made
