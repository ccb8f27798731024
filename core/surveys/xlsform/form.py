"""What the rows of one form share while they are read."""

from dataclasses import dataclass

from core.surveys.xlsform.choices import Lists
from core.surveys.xlsform.places import Draft, Findings


@dataclass(slots=True)
class Form:
    lists: Lists
    """Grows by the lists that are made for `or_other` and the like."""
    findings: Findings
    referenced: frozenset[str]
    """Every name that some expression or label mentions."""
    known: frozenset[str]
    """Facts and options: hidden rows of these names only make the form whole for other programs."""

    def add_list(self, wanted: str, choices: tuple[Draft, ...]) -> str:
        """Adds a list under a name that is free, and gives the name."""
        name, place = wanted, 1
        while name in self.lists:
            place += 1
            name = f"{wanted}_{place}"
        self.lists[name] = choices
        return name
