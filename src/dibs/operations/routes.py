"""Liveness, readiness, metrics, and the pages that explain refusals and the API. None of them needs credentials."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from dibs.errors import NotFound
from dibs.operations import metrics, pages, problems
from dibs.operations.health import refuse_unready

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> Response:
    """This process runs."""
    return Response(b'{"status":"ok"}', media_type="application/json")


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """This process can work: the database answers and has the right schema. Refuses with 503."""
    await refuse_unready(request.app.state.core.database)
    return Response(b'{"status":"ready"}', media_type="application/json")


@router.get("/metrics")
async def prometheus(request: Request) -> Response:
    """This process's metrics."""
    return Response(request.app.state.metrics.text(), headers={"Content-Type": metrics.CONTENT_TYPE})


@router.get("/problems")
async def all_problems() -> Response:
    """Every refusal that there is."""
    return HTMLResponse(pages.problems(problems.kinds()), headers=pages.HEADERS)


@router.get("/problems/{code}")
async def one_problem(code: str) -> Response:
    """The page behind a problem's `type`."""
    kind = problems.kinds().get(code)
    if kind is None:
        raise NotFound("There is no such problem. See /problems.")
    return HTMLResponse(pages.problem(kind), headers=pages.HEADERS)


@router.get("/docs")
async def reference(request: Request) -> Response:
    """The API for people."""
    return HTMLResponse(pages.reference(request.app.openapi()), headers=pages.HEADERS)
