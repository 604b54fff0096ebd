"""Write the whole corpus into a folder: ``python -m tests.corpus FOLDER``."""

import sys
from pathlib import Path

from tests.corpus.everything import BELIEVABLE, HOSTILE


def main(folder: Path) -> None:
    """Write every file under ``believable`` and ``hostile``, with a list of what each is."""
    for name, cases in (("believable", BELIEVABLE), ("hostile", HOSTILE)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for one in cases:
            (folder / name / one.file).write_bytes(one.make().content)
        told = "".join(f"{one.file}\t{one.ledger}\t{one.unit}\t{one.about}\n" for one in cases)
        (folder / name / "说明.txt").write_text(told, "utf-8")
        print(f"{folder / name}: {len(cases)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m tests.corpus FOLDER")
    main(Path(sys.argv[1]))
