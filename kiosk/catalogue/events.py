"""Events of the catalogue: they name what was loaded by its digest; the documents themselves come with the seed, or from the centre."""

from kiosk.sync.kinds import nothing

nothing("catalogue.loaded")
