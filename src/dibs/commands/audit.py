"""dibs audit verify and dibs audit purge."""

import typer
from sqlalchemy import select

from dibs import clock
from dibs.accounts.provision import find_workspace
from dibs.accounts.tables import workspaces
from dibs.audit.retention import purge as purge_expired
from dibs.audit.verification import check
from dibs.commands.console import AsJson, DatabaseUrl, Workspace, opened, run, settings, show

audit = typer.Typer(no_args_is_help=True, help="The audit.")


@audit.command("verify")
def verify(*, workspace: Workspace = None, as_json: AsJson = False, database_url: DatabaseUrl = None) -> None:
    """Check every hash of the audit; exits 1 and names the first bad row of each workspace that has one."""
    found = settings(database_url=database_url)

    async def work() -> bool:
        results, lines = [], []
        async with opened(found) as core:
            if workspace:
                chosen = [(await find_workspace(core, workspace)).id]
            else:
                chosen = [row.id for row in await core.database.run(select(workspaces.c.id).order_by(workspaces.c.id))]
            for workspace_id in chosen:
                rows, bad = await check(core.database, workspace_id)
                first_bad = None if bad is None else {"seq": bad.seq, "id": bad.id, "problem": bad.problem}
                results.append({"workspace_id": workspace_id, "ok": bad is None, "rows": rows, "first_bad": first_bad})
                said = "ok" if bad is None else f"BAD at row {bad.seq} ({bad.id or 'no row'}): {bad.problem}"
                lines.append(f"{workspace_id}  {rows} rows  {said}")
        ok = all(each["ok"] for each in results)
        show({"ok": ok, "workspaces": results}, lines or ["there is no workspace yet"], as_json=as_json)
        return ok

    if not run(work()):
        raise typer.Exit(1)


@audit.command("purge")
def purge(*, as_json: AsJson = False, database_url: DatabaseUrl = None) -> None:
    """Delete the audit rows that their workspace no longer keeps; what is left still verifies."""
    found = settings(database_url=database_url)

    async def work() -> None:
        async with opened(found) as core:
            gone = await purge_expired(core, clock.now())
        show({"purged": gone}, [f"purged {gone} rows"], as_json=as_json)

    run(work())
