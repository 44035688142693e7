"""What a mail quotes of the one that it answers, told apart from what its writer says. In doubt nothing is folded."""

import re

# Attributions, in the languages whose mail programs write them; they may be broken over up to three lines.
_ATTRIBUTION = re.compile(
    r"(?:On|El|Le|Am|Il|Em|Op|Den|På|W dniu|Dana|Dne|Pada|Στις|Am)\s.{5,300}"
    r"(?:wrote|escribió|a écrit|schrieb|ha scritto|escreveu|schreef|skrev|napisał\(?a?\)?|napsal\(?a?\)?|έγραψε)"
    r".{0,120}[::]",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\S.{0,200}<?[^\s<>@]+@[^\s<>@]+>?.{0,60}[::]|.{3,200}(?:пишет|написал|写道|のメール)\s*[::]")
_ORIGINAL = re.compile(
    r"\s*-{2,}\s*(?:Original Message|Mensaje original|Message d'origine|Ursprüngliche Nachricht|Messaggio originale|"
    r"Mensagem original|Oorspronkelijk bericht|Original Appointment)\s*-{2,}\s*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"\s*(?:-{2,}\s*(?:Forwarded message|Mensaje reenviado|Message transféré|Weitergeleitete Nachricht|"
    r"Messaggio inoltrato|Mensagem encaminhada|Doorgestuurd bericht)\s*-*|Begin forwarded message:.*)\s*",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|wg|rv|tr|enc|i|doorst)\s*:", re.IGNORECASE)
_FROM = re.compile(r"\s*\**(?:From|De|Von|Da|Van|Från)\s?:\**\s+\S.*", re.IGNORECASE)
_SENT = re.compile(
    r"\s*\**(?:Sent|Date|Enviado(?: el)?|Fecha|Envoyé|Gesendet|Datum|Inviato|Data|Verzonden|Skickat)\s?:\**\s+\S.*",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[_-]{5,}\s*")
MOST_LINES = 5_000


def fold(text: str, subject: str = "") -> tuple[str, str | None]:
    """What the writer says, and what is quoted below it; None where nothing is, or where that is all there is.

    A forwarded mail is what its sender wants to be read, and answers between quoted lines need these: both stay whole.
    """
    lines = text.split("\n")
    if len(lines) > MOST_LINES or _FORWARD_SUBJECT.match(subject) or any(map(_FORWARDED.fullmatch, lines)):
        return text, None
    start = _start(lines)
    if start is None:
        return text, None
    visible, quoted = "\n".join(lines[:start]).strip(), "\n".join(lines[start:]).strip()
    return (visible, quoted) if visible and quoted else (text, None)


def _start(lines: list[str]) -> int | None:
    for number, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line):
            return number
        if _is_header_block(lines, number):
            return number - 1 if number and _RULE.fullmatch(lines[number - 1]) else number
        if length := _attribution(lines, number):
            return number if _only_quoted(lines[number + length :]) else None
    return _trailing(lines)


def _attribution(lines: list[str], number: int) -> int:
    """How many lines the attribution has that begins here; 0 when none does."""
    if not lines[number].strip() or lines[number].lstrip().startswith(">"):
        return 0
    for length in (1, 2, 3):
        part = lines[number : number + length]
        joined = " ".join(line.strip() for line in part)
        if _ATTRIBUTION.fullmatch(joined):
            return len(part)
    following = next((line for line in lines[number + 1 : number + 3] if line.strip()), "")
    return 1 if following.lstrip().startswith(">") and _NAMED.fullmatch(lines[number].strip()) else 0


def _is_header_block(lines: list[str], number: int) -> bool:
    return bool(_FROM.fullmatch(lines[number])) and any(map(_SENT.fullmatch, lines[number + 1 : number + 4]))


def _only_quoted(rest: list[str]) -> bool:
    written = [line for line in rest if line.strip()]
    marked = [line for line in written if line.lstrip().startswith(">")]
    # Unmarked at all: a mail program that quotes without marks, or text made of HTML.
    return len(marked) in (0, len(written)) and bool(written)


def _trailing(lines: list[str]) -> int | None:
    start = len(lines)
    while start and (not lines[start - 1].strip() or lines[start - 1].lstrip().startswith(">")):
        start -= 1
    return start if any(line.strip() for line in lines[start:]) else None
