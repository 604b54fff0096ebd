"""The frozen program begins here: the command line when it was started by that name, else the window."""

import sys
from pathlib import Path

COMMAND = "pingan"  # the other name is pingan-window

if Path(sys.argv[0]).stem.casefold() == COMMAND:
    from desktop.__main__ import main
else:
    from ui.__main__ import main

sys.exit(main())
