"""The longest option must not give the key away: over a topic it may be the key in a third of the questions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from questionbank.findings import Finding
from questionbank.linting.subject import Subject
from questionbank.rendering import plain

#: Share of a topic's questions in which the key may be the longest option.
LARGEST_SHARE = 1 / 3


def telling_lengths(subjects: Sequence[Subject]) -> Iterator[Finding]:
    by_topic: dict[tuple[str, str], list[Subject]] = defaultdict(list)
    for subject in subjects:
        for language in subject.question.texts:
            if _has_worded_options(subject, language):
                by_topic[subject.question.topic, language].append(subject)
    for (topic, language), members in by_topic.items():
        telling = [subject for subject in members if key_is_longest(subject, language)]
        if len(telling) > max(1, len(members) * LARGEST_SHARE):
            for subject in telling:
                yield subject.finding(
                    "key-length",
                    f"the key is the longest option ({language}), as in {len(telling)} of the {len(members)} questions "
                    f"on {topic}; at most a third may be: shorten the key or lengthen a distractor",
                    *("texts", language, "options"),
                )


def key_is_longest(subject: Subject, language: str) -> bool:
    keys = {option.id for option in subject.question.options if option.correct}
    lengths = {
        option: len(plain(written.text, language, subject.variants[0]))
        for option, written in subject.question.texts[language].options.items()
    }
    others = [length for option, length in lengths.items() if option not in keys]
    return min(lengths[option] for option in keys) > max(others)


def _has_worded_options(subject: Subject, language: str) -> bool:
    """Numbers and formulas have the length they have."""
    if subject.question.type != "single_choice" or language not in subject.question.texts:
        return False
    texts = subject.question.texts[language].options.values()
    return all(
        re.search(r"[^\W\d_]{4,}", re.sub(r"\$[^$]*\$|\[\[[^\]]*\]\]", "", each.text)) for each in texts
    )
