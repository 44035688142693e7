"""The bot that needs no key and no network: it answers with a passage of an article, or says that it does not know."""

from dibs.bot import words
from dibs.bot.passages import shortened
from dibs.bot.thread import Seen
from dibs.bot.turns import Answer, GiveUp

LONGEST_ANSWER = 900


def answer(seen: Seen) -> Answer | GiveUp:
    """The likeliest passage, with its article; below the workspace's `low_confidence` an honest sentence."""
    if (given := for_people(seen)) is not None:
        return given
    if not seen.found or seen.found[0].confidence < seen.settings.bot.low_confidence:
        return unknown(seen)
    best = seen.found[0]
    return Answer(text=shortened(best.text, LONGEST_ANSWER), confidence=best.confidence, articles=[best.citation])


def for_people(seen: Seen) -> GiveUp | None:
    """Silence, when the article that fits best says that people are to answer."""
    best = seen.found[0] if seen.found else None
    if best is None or best.confidence < seen.settings.bot.low_confidence or not best.article.hand_to_human:
        return None
    if not seen.settings.escalation.on_article:
        return None
    return GiveUp(("article", f"It is about “{best.article.title}”, which people are to answer."), [best.citation])


def unknown(seen: Seen) -> Answer:
    """What a bot says that does not know. It counts as a guess."""
    confidence = seen.found[0].confidence if seen.found else 0.0
    below = seen.settings.bot.low_confidence
    return Answer(text=words.unknown(seen.language), confidence=min(confidence, below / 2))
