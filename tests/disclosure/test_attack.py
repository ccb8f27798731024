"""SPEC §3 attacked: from everything that is published no answer and no small group can be solved for."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.disclosure import Figure, Person, Place, disclose
from core.releases.model import Cut
from tests.disclosure.attack import isolated
from tests.disclosure.populations import PLACES, Answers, people_of, puzzle, rows

CLASSES = 3
STEPS = 4
"""Answers to a number question: 0 to 3."""


@st.composite
def answers(draw: st.DrawFn, kinds: int) -> Answers:
    """A few places; in each most people answer as the place likes to, which is where groups get unanimous."""
    places = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4, unique=True))
    found: Answers = {}
    for place in places:
        people = draw(st.sampled_from([1, 2, 4, 6, 9]))
        liked = draw(st.sampled_from(range(kinds)))
        own = draw(st.lists(st.sampled_from([*range(kinds), liked, liked]), min_size=people, max_size=people))
        found[place] = own
    return found


def chosen(place: Place, answer: int) -> Person:
    return Person(*place, {}, {"share:q": f"share:q:{answer}"})


def numbered(place: Place, answer: int) -> Person:
    return Person(*place, {"mean:q": float(answer)})


def weights(figure: Figure) -> list[int]:
    return [int(figure.measure == f"share:q:{kind}") for kind in range(CLASSES)]


def solved_shares(given_answers: Answers, figures: Sequence[Figure], k: int) -> list[str]:
    # A class has somebody in it; a choice that nobody made never is one (tests/disclosure/test_classes.py).
    watched = [frozenset({kind}) for kind in {answer for own in given_answers.values() for answer in own}]
    found = puzzle(given_answers, [(one, weights(one)) for one in figures], CLASSES)
    return found.determined(lambda count, people: count < k or people - count < k, watched)


def solved_means(given_answers: Answers, figures: Sequence[Figure], k: int) -> list[str]:
    watched = [frozenset({kind}) for kind in range(STEPS)]
    found = puzzle(given_answers, [(one, range(STEPS)) for one in figures], STEPS)
    return found.determined(lambda count, people: 0 < count < k or count == people, watched)


NEWCOMERS_AGREE: Answers = {
    PLACES[0]: [0, 0, 0, 0, 0, 0],
    PLACES[1]: [0, 1, 1, 0, 1, 0],
    PLACES[3]: [1, 1, 1, 1, 1, 0],
}
"""Newcomers less school s1 is minus its six old hands; they differ, but sums near an end tell much."""


@settings(max_examples=150, deadline=None)
@given(answers(CLASSES), st.integers(3, 4))
@example(NEWCOMERS_AGREE, 3)
def test_no_class_of_any_group_can_be_solved_for(given_answers: Answers, k: int) -> None:
    figures = disclose(people_of(given_answers, chosen), k)
    assert solved_shares(given_answers, figures, k) == []


@settings(max_examples=150, deadline=None)
@given(answers(CLASSES), st.integers(3, 4))
def test_no_combination_isolates_a_few_of_any_class(given_answers: Answers, k: int) -> None:
    figures = disclose(people_of(given_answers, chosen), k)
    places = list(given_answers)
    assert isolated([len(given_answers[place]) for place in places], rows(places, figures), k) is None
    for kind in range(CLASSES):
        own = [one for one in figures if one.measure == f"share:q:{kind}"]
        sizes = [given_answers[place].count(kind) for place in places]
        assert isolated(sizes, rows(places, own), k) is None


@settings(max_examples=150, deadline=None)
@given(answers(STEPS), st.integers(3, 4))
def test_no_number_can_be_solved_for(given_answers: Answers, k: int) -> None:
    figures = disclose(people_of(given_answers, numbered), k)
    assert solved_means(given_answers, figures, k) == []


@settings(max_examples=80, deadline=None)
@given(answers(CLASSES), st.integers(3, 4))
def test_shares_are_true_and_of_whole_groups(given_answers: Answers, k: int) -> None:
    people = people_of(given_answers, chosen)
    figures = disclose(people, k)
    groups = Counter((one.cut, one.group) for one in figures)
    present = {answer for own in given_answers.values() for answer in own}
    assert all(count == len(present) for count in groups.values()), "all classes of a group or none"
    for one in figures:
        within = [person for person in people if one.group in {"all", person.kind, person.cluster, person.experience}]
        made = sum(person.classes["share:q"] == one.measure for person in within)
        assert (one.n, one.value) == (len(within), round(made / len(within) * 100, 1))
        assert made >= k


def naive(given_answers: Answers, names: Sequence[tuple[Cut, str]]) -> list[Figure]:
    measures = [f"share:q:{kind}" for kind in range(CLASSES)]
    return [Figure(cut, group, measure, 0, 0.0) for cut, group in names for measure in measures]


def test_the_attack_solves_what_differences_give_away() -> None:
    """Every cell has three people, yet the one newcomer of s2 is "new" less those of s1."""
    made: Answers = {PLACES[0]: [0, 1, 2] * 3, PLACES[2]: [2], PLACES[3]: [0, 1, 2] * 3}
    figures = naive(made, [(Cut.EXPERIENCE, "0-3"), (Cut.CLUSTER, "s1"), (Cut.CLUSTER, "s2")])
    assert solved_shares(made, figures, 3) != []
    assert isolated([9, 1, 9], rows(list(made), figures), 3) is not None


def test_the_attack_solves_a_difference_at_its_end() -> None:
    """Cuts and their classes are all large, yet all newcomers of s2 chose 0 and no old hand of s1 did."""
    made: Answers = {PLACES[0]: [0, 1] * 4, PLACES[1]: [1] * 8, PLACES[2]: [0] * 8, PLACES[3]: [0, 1] * 4}
    figures = naive(made, [(Cut.EXPERIENCE, "0-3"), (Cut.CLUSTER, "s1"), (Cut.MUNICIPALITY, "all")])
    assert isolated([8, 8, 8, 8], rows(list(made), figures), 5) is None
    assert solved_shares(made, figures, 5) != []
    groups = {(one.cut, one.group) for one in disclose(people_of(made, chosen), 5)}
    assert not {(Cut.EXPERIENCE, "0-3"), (Cut.CLUSTER, "s1")} <= groups


def test_the_attack_solves_a_mean_near_its_end() -> None:
    made: Answers = {PLACES[0]: [0] * 8 + [1], PLACES[3]: [0, 1, 2, 3] * 3}
    everybody = Figure(Cut.MUNICIPALITY, "all", "mean:q", 0, 0.0)
    kind = Figure(Cut.CLUSTER, "s1", "mean:q", 0, 0.0)
    assert solved_means(made, [everybody, kind], 3) != []
    assert {one.group for one in disclose(people_of(made, numbered), 3)} == {"all", "school"}


def test_who_was_not_asked_hides_nobody() -> None:
    """Nine were asked and two of them chose 0; whoever knows the other twenty takes them out of the class."""
    silent = [Person(*PLACES[0], {}, {"share:q": "share:q:0+1"}, frozenset({"share:q"})) for _ in range(20)]
    few = [Person(*PLACES[0], {}, {"share:q": "share:q:0+1"}) for _ in range(2)]
    many = [Person(*PLACES[0], {}, {"share:q": "share:q:2"}) for _ in range(7)]
    assert disclose([*silent, *few, *many], 3) == []
    assert len({one.measure for one in disclose([*silent, *few, *few, *many], 3)}) == 2
