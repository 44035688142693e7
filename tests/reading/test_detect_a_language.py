"""The language of a customer's words."""

import pytest

from dibs.conversations.language import detect

LANGUAGES = ["en", "es", "de", "fr", "pt", "it"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order?", "en"),
        ("Hola, ¿me pueden ayudar?", "es"),
        ("Wo ist meine Bestellung?", "de"),
        ("Bonjour, je n'ai pas reçu ma commande", "fr"),
        ("Onde está o meu pedido?", "pt"),
        ("Quiero hablar con una persona", "es"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    found = detect(text, LANGUAGES)
    assert found is not None
    assert found[0] == language
    assert 0.6 <= found[1] <= 1


@pytest.mark.parametrize("text", ["", "ok", "12345 678", "🙂🙂🙂🙂🙂", "a\0b", "\ud800", "asdf qwer zxcv"])
def test_too_little_tells_nothing(text: str) -> None:
    assert detect(text, LANGUAGES) is None


def test_only_the_workspaces_languages_are_answers() -> None:
    found = detect("Hola, ¿me pueden ayudar con mi factura?", ["en", "de", "xx"])
    assert found is None or found[0] in {"en", "de"}
    assert detect("Where is my order?", ["xx"]) is None
    assert detect("Where is my order?", []) is None
