"""The whole transition table of product.md 2.1 against a model, on both databases."""

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from dibs import clock
from dibs.settings import Settings
from tests.conftest import seed
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.ownership_machine import Ownership
from tests.races.ownership_world import World

EXAMPLES = count(400)
STEPS = 25
FULL = count(400) == 400
# Each must have been allowed and refused somewhere, or the table was not walked.
VERBS = (
    *("claim", "release", "undo", "force_release", "hand_back", "reassign", "ask", "accept", "decline"),
    *("resolve", "reopen", "archive", "snooze", "wake", "reply"),
)


@pytest.mark.timeout(1_200)  # 400 examples take about 3 minutes, 40 some 12 s
def test_every_transition_is_as_the_model_says(settings: Settings, monkeypatch: pytest.MonkeyPatch, tell: Tell) -> None:
    world = World(settings)
    monkeypatch.setattr(clock, "now", lambda: world.now)
    machine = hypothesis.seed(seed())(type("SeededOwnership", (Ownership,), {"world": world}))
    limits = hypothesis.settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        # Shrinking takes minutes: only where there is time.
        phases=[Phase.generate, *([Phase.shrink] if FULL else [])],
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(machine, settings=limits)
    finally:
        world.close()
    ok = {verb for verb in VERBS if world.verdicts[f"{verb} ok"]}
    refused = {name.split(" ")[0] for name in world.verdicts if not name.endswith(" ok")} & set(VERBS)
    # A tenth of the examples may by chance miss one.
    assert min(len(ok), len(refused)) >= len(VERBS) - (0 if FULL else 3), set(VERBS) - ok & refused
    tell(f"{world.verdicts.total()} verbs, 0 differences: {dict(sorted(world.verdicts.items()))}")
