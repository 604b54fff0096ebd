"""``python -m ui`` opens the window."""

import sys

from desktop.excel.reading import VERB

SMOKE = "--smoke-test"  # REPORT.json: tries everything once with invented records, and tells what came of it


def main() -> int:
    """Open the window, or read one workbook for another run of this program, or try everything once."""
    if sys.argv[1:2] == [VERB]:  # before anything heavy is imported
        from desktop.excel.reading import child

        return child.main(sys.argv[2:])
    if sys.argv[1:2] == [SMOKE] and sys.argv[2:]:
        from ui import smoke

        return smoke.main(sys.argv[2:])
    from ui import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
