"""The bill of materials (CycloneDX 1.6) of what is shipped, written by hand: the format is a small JSON.

The usual tool (cyclonedx-bom) looks at a whole environment and brings ten packages of its own; this names the
runtime only, with what is compiled into each part under it, and is the same for the same input.
"""

import datetime as dt
import json
import uuid
from typing import Any

from release.part import Part

NAME = "pingan-taizhang"
FILE = "sbom.cdx.json"  # beside the notices in the frozen program


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
        "dependencies": [{"ref": NAME, "dependsOn": _within("", found)}, *_dependencies(found)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _dependencies(found: list[Part]) -> list[dict[str, Any]]:
    return [{"ref": _ref(one), "dependsOn": inner} for one in found if (inner := _within(one.name, found))]


def _within(of: str, found: list[Part]) -> list[str]:
    return [_ref(one) for one in found if one.of == of]


def _ref(part: Part) -> str:
    return f"{part.of or NAME}/{part.name}@{part.version}".rstrip("@")


def _component(part: Part) -> dict[str, Any]:
    made = {
        "type": "library",
        "bom-ref": _ref(part),
        "authors": [{"name": part.holder}] if part.holder else None,
        "name": part.name,
        "version": part.version,
        "licenses": [{"expression": part.licence}],
        "purl": part.purl,
        "externalReferences": [{"type": "distribution", "url": part.source}],
    }
    return {name: value for name, value in made.items() if value}
