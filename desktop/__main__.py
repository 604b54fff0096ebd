"""``python -m desktop``: the command line."""

import sys

from desktop.excel.reading import VERB


def main() -> int:
    """Run the command line, or read one workbook for another run of this program."""
    if sys.argv[1:2] == [VERB]:  # before anything heavy is imported
        from desktop.excel.reading import child

        return child.main(sys.argv[2:])
    from desktop import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
