"""The disclosure rule (SPEC §3, decision 0008): which figures of a protected survey may be shown at all.

Page, picture, spreadsheet, document and API get only what these functions return.

A reader may add and subtract every published figure, with any factors. Groups of two kinds are published:
parts of one tree (municipality ⊃ kind ⊃ cluster) and bands of experience. Give every part of the tree
that is left when the published parts inside it are taken out a number a, and every band a number b; what
a reader can compute out of sums is exactly a weighted sum over people, each weighing a + b. The people who
weigh anything but zero are those on the cut edges of a graph whose nodes are the parts and the bands, and
whose edges are the people. So nobody can be isolated in a group of fewer than k exactly when every cut of
that graph is empty or has at least k people. That is what is checked, not only sizes of cells.

Such a weighted sum pins answers, too, when it is as large or as small as it can be: then everybody in it is
at an end of what could be answered. So of the people on a cut at least k must be away from that end. A mean
counts those above the lowest and those below the highest answer, a distribution those of every class: each
class has at least k people wherever there is anybody at all, so none is ever empty and nobody is left
unanimous.

Beyond that: `n` counts ballots (who took part is known anyway) and not those who answered, so that no
difference of two n tells how many skipped a question, yet both populations must pass the check; a group in
which everybody came to the same value is withheld; values are rounded to one decimal. Waves of one survey
are kept apart by core.disclosure.waves.
"""

from core.disclosure.classes import Silence, classes_of, options_of
from core.disclosure.model import EVERYBODY, Figure, Group, Person, Place
from core.disclosure.publishing import disclose
from core.disclosure.waves import Wave, compare
from core.disclosure.wholes import disclose_bands, items_to_show, levels_hold, ranks_hold, texts_hold

__all__ = [
    "EVERYBODY",
    "Figure",
    "Group",
    "Person",
    "Place",
    "Silence",
    "Wave",
    "classes_of",
    "compare",
    "disclose",
    "disclose_bands",
    "items_to_show",
    "levels_hold",
    "options_of",
    "ranks_hold",
    "texts_hold",
]
