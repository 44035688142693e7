"""Which of several encodings of a file a client gets, and whether it has it already (RFC 9110, sections 12 and 13)."""

from collections.abc import Collection, Mapping

from dibs.web.built import IDENTITY, File


def sent(found: File, asked: Mapping[str, str]) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers for a client that asked for a file with these headers, but for how long to keep it."""
    encoding = chosen(asked.get("accept-encoding", ""), found.contents)
    etag = found.etags[encoding]
    headers = {"ETag": etag}
    if len(found.contents) > 1:
        headers["Vary"] = "Accept-Encoding"
    if has_it(asked.get("if-none-match", ""), etag):
        return 304, b"", headers
    if encoding != IDENTITY:
        headers["Content-Encoding"] = encoding
    return 200, found.contents[encoding], headers | {"Content-Type": found.media_type}


def chosen(accept_encoding: str, offered: Collection[str]) -> str:
    """The first offered encoding among those that the client likes best. Identity when it likes none of them."""
    weights = _weights(accept_encoding)
    anything = weights.get("*", 0.0)
    liked = {each: weights.get(each, anything) for each in offered if each != IDENTITY}
    best = max(liked, key=lambda each: liked[each], default=IDENTITY)
    wanted = liked.get(best, 0.0)
    # Identity is only preferred by who names it with a higher weight.
    return best if wanted > 0 and wanted >= weights.get(IDENTITY, 0.0) else IDENTITY


def _weights(header: str) -> dict[str, float]:
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        if name:
            weights[name.removeprefix("x-")] = _weight(parameters)
    return weights


def _weight(parameters: list[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def has_it(if_none_match: str, etag: str) -> bool:
    """Whether the client's If-None-Match names this ETag. Proxies that transform weaken it."""
    given = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return etag in given or "*" in given
