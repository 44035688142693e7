"""What the databases manage without the product: the recorded statements by pgbench, and by a loop over sqlite3."""

import os
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import people
from bench.installation import Installation
from bench.statements import Filled, Sent, Slot
from dibs.db.sqlite import connect
from tests.support.postgres import binary

_PADDED = "lpad(({number})::text, 26, '0')"
_PLACE = re.compile(r"\$(\d+)")
_TPS = re.compile(r"tps = ([\d.]+) \(without initial connection time\)")


def pgbench(installation: Installation, sent: Sequence[Sent], *, clients: int, seconds: int) -> float:
    """Claims per second of pgbench with these statements on an installation whose conversations are all unclaimed."""
    script = installation.folder / "claim.pgbench"
    script.write_text(script_of(sent, clients))
    command = [str(binary("pgbench")), "--no-vacuum", "--protocol=prepared", "--define=i=0", f"--file={script}"]
    # One thread: it idles, and more would only take turns on few cores.
    command += [f"--client={clients}", "--jobs=1", f"--time={seconds}", installation.url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ) | {"TZ": "UTC"})
    found = _TPS.search(done.stdout)
    if done.returncode != 0 or found is None or "number of failed transactions: 0 " not in done.stdout:
        raise RuntimeError(f"pgbench failed:\n{done.stdout}\n{done.stderr[-2_000:]}")
    return float(found[1])


def script_of(sent: Sequence[Sent], clients: int) -> str:
    """The pgbench script of one claim. Client c of n claims conversation c, c + n, c + 2n …"""
    lines = [
        f"\\set n :client_id + {clients} * :i",
        "\\set i :i + 1",
        f"\\set w {people.WORKSPACE_OF.format(n=':n')}",
        f"\\set a :w * {people.AGENTS} + {people.AGENT_OF.format(n=':n')}",
        "BEGIN;",
    ]
    for each in sent:
        places: tuple[Any, ...] = each.arguments
        sql = _PLACE.sub(lambda place, places=places: _literal(places[int(place[1]) - 1]), each.sql)  # type: ignore[misc]
        lines.append(" ".join(sql.split()) + (" \\gset" if each.tells_numbers else ";"))
    return "\n".join([*lines, "COMMIT;", ""])


def _literal(value: Any) -> str:
    if isinstance(value, Filled):
        return f"ARRAY[{_expression(value.slot)}]" if value.many else _expression(value.slot)
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    # pgbench would take the `:null` in a document for one of its variables.
    text = str(value).replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a")
    return f"E'{text}'"


def _expression(slot: Slot) -> str:
    if slot in ("event_seq", "audit_seq"):
        return f"(:{slot})::bigint"
    prefix, number = {"workspace": ("ws", ":w"), "conversation": ("conv", ":n"), "agent": ("agt", ":a")}.get(
        slot, (slot, ":n")
    )
    return f"('{prefix}_' || {_PADDED.format(number=number)})"


def raw_loop(path: Path, sent: Sequence[Sent], *, seconds: float, count: int) -> float:
    """Claims per second of one connection (WAL, synchronous=FULL) that commits each claim by itself.

    Everything but the counters is bound before the clock starts; `count` conversations are unclaimed.
    """
    connection = connect(path)
    prepared = [_bound(sent, number) for number in range(min(count, int(seconds * 6_000)))]
    sqls = [each.sql for each in sent]
    tells = [each.tells_numbers for each in sent]
    begin, done = time.perf_counter(), 0
    numbers: tuple[int, ...] = ()
    for claim in prepared:
        connection.execute("BEGIN IMMEDIATE")
        for sql, (arguments, places), tell in zip(sqls, claim, tells, strict=True):
            for place, which in places:
                arguments[place] = numbers[which]
            rows = connection.execute(sql, arguments).fetchall()
            if tell:
                numbers = rows[0]
        connection.execute("COMMIT")
        done += 1
        if time.perf_counter() - begin >= seconds:
            break
    took = time.perf_counter() - begin
    connection.close()
    return done / took


def _bound(sent: Sequence[Sent], number: int) -> list[tuple[list[Any], list[tuple[int, int]]]]:
    """Each statement's arguments for claim `number`, and which of them are event_seq (0) or audit_seq (1)."""
    agent = people.agent_of(number)
    values: dict[Slot, str] = {
        "workspace": people.id_of("ws", agent // people.AGENTS),
        "conversation": people.id_of("conv", number),
        "agent": people.id_of("agt", agent),
        "clm": people.id_of("clm", number),
        "aud": people.id_of("aud", number),
        "evt": people.id_of("evt", number),
    }
    bound = []
    for each in sent:
        arguments, places = list(each.arguments), []
        for place, value in enumerate(arguments):
            if isinstance(value, Filled) and value.slot in ("event_seq", "audit_seq"):
                places.append((place, 0 if value.slot == "event_seq" else 1))
            elif isinstance(value, Filled):
                arguments[place] = f'["{values[value.slot]}"]' if value.many else values[value.slot]
        bound.append((arguments, places))
    return bound
