from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from prova.quizzes.drawing import SEED_BITS, Place, draw, draw_paper, item_seed, pages_of

seeds = st.integers(0, 2**SEED_BITS - 1)


@given(seeds, st.integers(1, 100))
def test_the_same_seed_draws_the_same_paper_and_fits_the_database(seed, position):
    drawn = item_seed(seed, position)
    assert drawn == item_seed(seed, position)
    assert 0 <= drawn < 2**63


@given(seeds)
def test_questions_of_one_paper_are_drawn_independently(seed):
    assert len({item_seed(seed, position) for position in range(1, 40)}) == 39


@given(st.lists(st.integers(), min_size=1), seeds)
def test_what_is_drawn_is_one_of_the_choices(choices, seed):
    assert draw(choices, seed) in choices


def test_every_variant_is_drawn_sometimes():
    drawn = {draw(range(8), item_seed(seed, 1)) for seed in range(400)}
    assert drawn == set(range(8))


places = st.lists(
    st.tuples(
        st.integers(0, 3),  # section
        st.one_of(st.none(), st.tuples(st.integers(1, 6), st.integers(0, 6))),  # (size, draws) of a pool
        st.sampled_from(["", "", "first", "last"]),
    ),
    max_size=8,
).map(
    lambda entries: [
        Place(
            key=position * 100 + each,
            section=section,
            position=position,
            draws=pool[1] if pool else None,
            pin=pin,
        )
        for position, (section, pool, pin) in enumerate(sorted(entries, key=lambda entry: entry[0]), start=1)
        for each in range(pool[0] if pool else 1)
    ]
)
mixed = st.sets(st.integers(0, 3))


@given(places, seeds, mixed, st.randoms())
def test_a_paper_depends_on_the_seed_alone(places, seed, mixed, random):
    listed_otherwise = list(places)
    random.shuffle(listed_otherwise)
    by_position = sorted(listed_otherwise, key=lambda place: place.position)
    assert draw_paper(places, seed, mixed) == draw_paper(by_position, seed, mixed)


@given(places, seeds, mixed)
def test_a_paper_asks_every_fixed_question_once_and_as_many_of_a_pool_as_it_draws(places, seed, mixed):
    paper = draw_paper(places, seed, mixed)
    assert len({place.key for place in paper}) == len(paper)
    for position in {place.position for place in places}:
        choices = [place for place in places if place.position == position]
        asked = [place for place in paper if place.position == position]
        draws = choices[0].draws
        assert set(asked) <= set(choices)
        assert len(asked) == (1 if draws is None else min(draws, len(choices)))


@given(places, seeds, mixed)
def test_sections_stay_in_order_and_pinned_questions_in_their_place(places, seed, mixed):
    paper = draw_paper(places, seed, mixed)
    assert [place.section for place in paper] == sorted(place.section for place in paper)
    for section in range(4):
        asked = [place for place in paper if place.section == section]
        if section not in mixed:
            assert [place.position for place in asked] == sorted(place.position for place in asked)
        else:
            ranks = [{"first": 0, "": 1, "last": 2}[place.pin] for place in asked]
            assert ranks == sorted(ranks)


def test_a_pool_draws_every_question_equally_often():
    pool = [Place(key=key, section=0, position=1, draws=3) for key in range(10)]
    papers = 3000
    drawn = Counter(place.key for seed in range(papers) for place in draw_paper(pool, seed, ()))
    expected, deviation = papers * 0.3, (papers * 0.3 * 0.7) ** 0.5
    assert all(abs(drawn[key] - expected) < 5 * deviation for key in range(10))


def test_two_pools_of_one_paper_are_drawn_independently():
    pools = [
        Place(key=position * 10 + key, section=0, position=position, draws=1)
        for position in (1, 2)
        for key in range(2)
    ]
    pairs = Counter(tuple(place.key for place in draw_paper(pools, seed, ())) for seed in range(800))
    assert len(pairs) == 4
    assert min(pairs.values()) > 140


@given(st.lists(st.integers(0, 4), min_size=1))
def test_pages_follow_sections_questions_or_neither(sections):
    sections = sorted(sections)
    assert set(pages_of(sections, "all")) == {1}
    assert pages_of(sections, "question") == list(range(1, len(sections) + 1))
    by_section = pages_of(sections, "section")
    assert by_section[0] == 1
    assert max(by_section) == len(set(sections)) == len(set(zip(sections, by_section, strict=True)))
