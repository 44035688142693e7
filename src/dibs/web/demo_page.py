"""A small shop to try the widget on: what a visitor's browser shows, under a policy as strict as policies get."""

import base64
import hashlib
from html import escape

STYLE = """
:root { color-scheme: light dark; --ink: #1c1917; --dim: #57534e; --paper: #fafaf9; --card: #fff; --line: #e7e5e4 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f5f5f4; --dim: #a8a29e; --paper: #1c1917; --card: #292524; --line: #44403c }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 Georgia, serif }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1.25rem }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; justify-content: space-between }
header b { font-size: 1.25rem }
h1 { font-size: 2.25rem; line-height: 1.2; margin: 2rem 0 .5rem }
p { max-width: 38rem }
ul {
  list-style: none; margin: 2rem 0; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
}
li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1.25rem }
li b { display: block }
small, footer, .dim { color: var(--dim) }
code { font-size: .9em; overflow-wrap: anywhere }
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self'; style-src 'sha256-{_HASH}'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}
_GOODS = (
    ("Filter coffee, 1 kg", "Roasted on Tuesdays, posted on Wednesdays.", "€ 24"),
    ("Hand grinder", "Steel burrs, forty clicks, no noise before seven.", "€ 89"),
    ("Two cups", "Stoneware that forgives the dishwasher.", "€ 32"),
)
_CONNECT = (
    "<h1>No widget yet</h1><p>Connect one in the inbox under <b>Workspace Settings &gt; Channels &gt; Widget</b>, then"
    " reload this page. Or with a key of an admin:</p>"
    "<p><code>curl -X POST /v1/channels -H 'Authorization: Bearer ak_…' -H 'Content-Type: application/json'"
    ' -d \'{"kind":"widget","name":"Website"}\'</code></p>'
)


def page(key: str | None) -> str:
    """The shop with the widget of this public key; without one, how to connect one."""
    goods = "".join(
        f"<li><b>{escape(name)}</b><small>{escape(said)}</small><p>{escape(price)}</p></li>"
        for name, said, price in _GOODS
    )
    shop = (
        "<h1>Coffee, by people who answer</h1><p>This is a sample shop. The button in the corner is the widget: write"
        " something, and watch it arrive in the inbox in another window.</p>"
        f"<ul>{goods}</ul>"
    )
    tag = f'<script src="/widget.js" data-key="{escape(key)}" async></script>' if key else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widget demo · Dibs</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<style>{STYLE}</style>{tag}</head><body><header><b>Slow Beans</b><span class="dim">A page that has the'
        f" widget</span></header><main>{shop if key else _CONNECT}</main><footer>Delivery in two days · Returns within"
        " thirty</footer></body></html>"
    )
