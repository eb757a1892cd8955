"""Whoever comes between while the monitor judges very many alarms: what it tells is the same."""

from random import Random

from breakage import Fault, recording
from fleets import Shape, built

from noc_console.alarms.load import standard_conditions
from noc_console.monitor.monitor import Monitor


def told(results, fleet, breathe):
    monitor = Monitor(fleet.inventory, standard_conditions(), now=results[0].finished)
    monitor.book.breathe = breathe
    outputs = []
    for result in results:
        monitor.advance(result.finished)
        monitor.ingest(result)
        outputs.append(monitor.take(result.finished).changes)
    return [(c.alarms, c.entries, c.incidents) for c in outputs if c is not None]


def test_a_fleet_that_goes_dark_is_told_alike_with_pauses_and_without():
    fleet = built(
        Shape(rows=2, racks=2, servers=4, gpus=1, feeds=0, branches=0, cores=1, attached=1, server_interval=10.0), Random(1)
    )
    results = list(recording(fleet, [Fault("dead", "core-1", 20.0, 9e9)], seed=1, seconds=120.0))
    pauses = []
    with_pauses = told(results, fleet, lambda: pauses.append(1))
    assert with_pauses == told(results, fleet, lambda: None)
    announced = {a.device for alarms, _, _ in with_pauses for a in alarms if a.announced}
    assert announced == {"core-1"}
    assert len(pauses) > len(fleet.inventory.devices)
