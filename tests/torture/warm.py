"""Imported by the fork server alone: what every process that it forks has already done once.

Its children then work from their first moment, so a kill seldom meets the start of Python.
"""

from tests.torture.place import workplace
from tests.torture.scenes import SCENES
from tests.torture.scenes.scene import unheard

for scene in ("saving", "exporting", "migrating from 0001"):
    with workplace() as place:
        SCENES[scene].prepare(place)
        SCENES[scene].again(place, unheard)
