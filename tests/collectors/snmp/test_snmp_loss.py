"""Polls through a network that loses, doubles and reorders: nothing wrong comes of it, and nobody is called away who answers."""

from benchmarks.snmp_loss import through_bad_networks

DEVICES, INTERVAL, SECONDS = 6, 1.5, 6.0


def test_where_a_third_of_the_packets_is_lost_values_are_true_and_no_device_that_answers_is_called_away(tmp_path):
    """A short form of the benchmark `snmp-loss`: what is amiss would be a wrong value, a wrong count, an overrun, an alarm."""
    found = through_bad_networks(tmp_path, devices=DEVICES, interval=INTERVAL, seconds=SECONDS, seed=5)
    assert found.amiss == []
    assert found.lost > 50
    assert 0.2 < found.lost / found.packets < 0.4
    assert found.polls > DEVICES / 2
    assert found.stored_counters > 3 * 32
