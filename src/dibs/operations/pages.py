"""Plain pages: one per refusal, and the reference of the API. No script, no other host, readable without styles."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dibs.errors import Refusal

STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}code,pre{font-family:ui-monospace,monospace;font-size:.9em}h2{margin-top:2.5rem}"
    "details{border-top:1px solid #8884;padding:.5rem 0}summary{cursor:pointer}table{border-collapse:collapse}"
    "td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}.method{display:inline-block;width:4.5rem;"
    "font-weight:600}"
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'",
    "Cache-Control": "public, max-age=300",
}


def problem(kind: type[Refusal]) -> str:
    """The page behind a problem's `type`."""
    said = " ".join((kind.__doc__ or "").split())
    return page(
        kind.title,
        f"<h1>{escape(kind.title)}</h1><p>{escape(said)}</p>"
        f"<p>Code <code>{escape(kind.code)}</code>, status {kind.status}. The answer's <code>detail</code> says what to"
        " do; its <code>request_id</code> is in the server's log lines and in the audit.</p>"
        '<p><a href="/problems">All problems</a> · <a href="/docs">The API</a></p>',
    )


def problems(kinds: Mapping[str, type[Refusal]]) -> str:
    """Every refusal on one page."""
    rows = "".join(
        f'<tr><td>{kind.status}</td><td><a href="/problems/{escape(code)}"><code>{escape(code)}</code></a></td>'
        f"<td>{escape(kind.title)}</td></tr>"
        for code, kind in kinds.items()
    )
    return page("Problems", f"<h1>Problems</h1><table>{rows}</table>")


def reference(document: Mapping[str, Any]) -> str:
    """The OpenAPI document for people."""
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            groups.setdefault((operation.get("tags") or ["other"])[0], []).append(_operation(path, method, operation))
    body = "".join(f"<h2>{escape(name)}</h2>{''.join(found)}" for name, found in groups.items())
    shapes = "".join(_shape(name, shape) for name, shape in document["components"]["schemas"].items())
    return page(
        document["info"]["title"],
        f"<h1>{escape(document['info']['title'])} {escape(document['info']['version'])}</h1>"
        f"<p>{escape(document['info'].get('description', ''))}</p>"
        '<p>Machine-readable: <a href="/openapi.json">openapi.json</a>. '
        f'<a href="/problems">Problems</a>.</p>{body}<h2>Shapes</h2>{shapes}',
    )


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> str:
    asked = "".join(
        f"<tr><td><code>{escape(each['name'])}</code></td><td>{escape(each['in'])}</td>"
        f"<td><code>{escape(_type(each.get('schema', {})))}</code></td></tr>"
        for each in operation.get("parameters", ())
    )
    body = "".join(
        f"<p>Body: <code>{escape(_type(content.get('schema', {})))}</code></p>"
        for content in operation.get("requestBody", {}).get("content", {}).values()
    )
    answers = "".join(
        f"<tr><td>{escape(status)}</td><td><code>{escape(_content(answer))}</code></td>"
        f"<td>{escape(answer.get('description', ''))}</td></tr>"
        for status, answer in operation.get("responses", {}).items()
    )
    said = escape(operation.get("description") or operation.get("summary", ""))
    return (
        f'<details><summary><span class="method">{method.upper()}</span> <code>{escape(path)}</code>'
        f" {escape(operation.get('summary', ''))}</summary><p>{said}</p>"
        f"<table>{asked}</table>{body}<table>{answers}</table></details>"
    )


def _shape(name: str, shape: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code></td><td><code>{escape(_type(kind))}</code></td>"
        f"<td>{escape(kind.get('description', ''))}</td></tr>"
        for field, kind in shape.get("properties", {}).items()
    )
    return (
        f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary>'
        f"<p>{escape(shape.get('description', ''))}</p><table>{rows}</table></details>"
    )


def _content(answer: Mapping[str, Any]) -> str:
    return " | ".join(_type(content.get("schema", {})) for content in answer.get("content", {}).values())


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "enum" in schema:
        return _either(f'"{each}"' for each in schema["enum"])
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "anyOf" in schema:
        return _either(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    return str(schema.get("type", "any"))


def _either(parts: Iterable[str]) -> str:
    return " | ".join(parts)


def unbuilt() -> str:
    """What stands in the web app's place in a tree that never built it."""
    return page(
        "Not built",
        "<h1>The web app is not built</h1><p>This installation runs from a source tree. Build the app, then reload this"
        " page; the server may keep running:</p><pre>python3 dev.py setup</pre>"
        '<p>The API works meanwhile: <a href="/docs">its reference</a>.</p>',
    )


def page(title: str, body: str) -> str:
    """A whole document around `body`, which is HTML."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} · Dibs</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )
