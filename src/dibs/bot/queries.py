"""What is asked about turns, escalations and articles."""

from typing import Any

from sqlalchemy import Integer, Text, bindparam, exists, func, insert, null, or_, select, update

from dibs.bot.tables import articles, bot_turns, escalations
from dibs.contacts.tables import contacts
from dibs.conversations.tables import messages
from dibs.db.types import Id, Instant

t, e, a, m = bot_turns.c, escalations.c, articles.c, messages.c
ws, conversation = bindparam("ws", type_=Id), bindparam("conversation", type_=Id)
_of = (t.workspace_id == ws, t.conversation_id == conversation)
_said = (m.workspace_id == ws, m.conversation_id == conversation)
_this = (t.workspace_id == ws, t.id == bindparam("turn", type_=Id))


def _newest(kind: str) -> Any:
    found = select(m.seq).where(*_said, m.kind == kind).order_by(m.seq.desc()).limit(1).scalar_subquery()
    return func.coalesce(found, 0, type_=Integer)


_answered = select(func.max(t.upto_seq)).where(*_of, t.state == "answered").scalar_subquery()
# What decides whether the bot begins a turn, beside the conversation's own row.
GROUND = select(
    contacts.c.blocked,
    exists().where(a.workspace_id == ws, a.published).label("has_articles"),
    exists().where(*_of, t.state == "open").label("is_busy"),
    func.coalesce(_answered, 0, type_=Integer).label("answered_upto"),
    _newest("reply").label("replied_upto"),
    _newest("customer").label("written_upto"),
).where(contacts.c.workspace_id == ws, contacts.c.id == bindparam("contact", type_=Id))

FIND = select(bot_turns).where(*_this)
LOCK = FIND.with_for_update(of=bot_turns)
ELSEWHERE = select(t.workspace_id).where(t.id == bindparam("turn", type_=Id)).limit(1)
BEGIN = insert(bot_turns).values({column.name: bindparam(column.name, type_=column.type) for column in t})
END = (
    update(bot_turns)
    .where(*_this, t.state == "open")
    .values(
        {name: bindparam(f"new_{name}", type_=t[name].type) for name in ("state", "message_id", "confidence")}
        | {name: bindparam(f"new_{name}", type_=t[name].type) for name in ("articles", "error", "ended_at")}
        | {"leased_until": null()}
    )
    .returning(bot_turns)
)
# The open turn of an escalated conversation, which is never to be answered.
SILENCE = (
    update(bot_turns)
    .where(*_of, t.state == "open")
    .values(state="silent", ended_at=bindparam("at", type_=Instant), leased_until=null())
    .returning(t.id)
)
# The newest turns that a bot answered since the conversation was last handed to people.
_SINCE = select(func.max(e.at)).where(e.workspace_id == ws, e.conversation_id == conversation).scalar_subquery()
TRIED = (
    select(t.id, t.confidence, t.articles)
    .where(*_of, t.state == "answered", t.ended_at > func.coalesce(_SINCE, 0, type_=Instant))
    .order_by(t.started_at.desc(), t.id.desc())
    .limit(100)
)
# What the customer wrote lately, since then.
LATELY = (
    select(m.text, m.created_at)
    .where(*_said, m.kind == "customer", m.created_at > func.coalesce(_SINCE, 0, type_=Instant))
    .order_by(m.seq.desc())
    .limit(20)
)
LAST_WRITTEN = select(m.created_at).where(*_said, m.kind == "customer").order_by(m.seq.desc()).limit(1)
# Customers' messages and what they were answered: never a note.
PUBLIC = (
    select(messages)
    .where(*_said, m.kind.in_(["customer", "reply", "bot"]), m.seq <= bindparam("upto", type_=Integer))
    .order_by(m.seq.desc())
    .limit(bindparam("most", type_=Integer))
)
ASKED = (
    select(messages)
    .where(*_said, m.kind == "customer", m.seq > bindparam("after", type_=Integer))
    .where(m.seq <= bindparam("upto", type_=Integer))
    .order_by(m.seq.desc())
    .limit(bindparam("most", type_=Integer))
)

OPEN_OF = (
    select(bot_turns)
    .where(t.workspace_id == ws, t.state == bindparam("state", type_=Text), t.bot == "external")
    .where(t.id > bindparam("after", type_=Id))
    .order_by(t.id)
    .limit(bindparam("most", type_=Integer))
)
ANY_OF = (
    select(bot_turns)
    .where(t.workspace_id == ws, t.bot == "external", t.id > bindparam("after", type_=Id))
    .order_by(t.id)
    .limit(bindparam("most", type_=Integer))
)
SPENT = (
    select(func.count().label("turns"))
    .select_from(bot_turns)
    .where(t.workspace_id == ws, t.bot == "openai", t.attempts > 0, t.started_at > bindparam("since", type_=Instant))
)

_now = bindparam("now", type_=Instant)
_free = or_(t.leased_until.is_(None), t.leased_until <= _now)
# For the bots that run inside, of all workspaces.
DUE = (
    select(t.workspace_id, t.id, t.bot)
    .where(t.state == "open", t.bot != "external", _free)
    .order_by(t.started_at)
    .limit(bindparam("most", type_=Integer))
)
TAKE = (
    update(bot_turns)
    .where(*_this, t.state == "open", _free)
    .values(leased_until=bindparam("until", type_=Instant), attempts=t.attempts + 1)
    .returning(bot_turns)
)
OVERDUE = (
    select(t.workspace_id, t.id)
    .where(t.state == "open", t.started_at <= bindparam("began", type_=Instant))
    .order_by(t.started_at)
    .limit(bindparam("most", type_=Integer))
)

WRITE_ESCALATION = insert(escalations).values({column.name: bindparam(column.name, type_=column.type) for column in e})
CLEAR = (
    update(escalations)
    .where(e.workspace_id == ws, e.conversation_id == conversation, e.cleared_at.is_(None))
    .values(cleared_at=bindparam("at", type_=Instant))
)
HANDOFF = (
    select(escalations)
    .where(e.workspace_id == ws, e.conversation_id == conversation)
    .order_by(e.at.desc(), e.id.desc())
    .limit(1)
)
SAME_RULE = select(
    exists()
    .where(e.workspace_id == ws, e.conversation_id == conversation, e.trigger == "rule")
    .where(e.reason == bindparam("reason", type_=Text))
    .label("known")
)
