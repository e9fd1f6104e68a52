#!/usr/bin/python3
"""The overload model in SimPy, one process for each person; only for the benchmark.

usage: simpy_model.py fifo|lottery DRAWS WARMUP SEED

Poisson(150) persons join in a period, 100 places, those not served leave with probability 0.1.
Prints one JSON object: seconds, persons, and the figures to compare.
Works with SimPy 2 (Debian's python3-simpy) and SimPy 3 (python3-simpy3).
"""

import hashlib
import json
import math
import random
import sys
import time

ARRIVALS, PLACES, LEAVE, BACKLOG = 150, 100, 0.1, 600


class Model:
    """What the processes of one run share."""

    def __init__(self, policy, draws, warmup, seed):
        self.policy, self.draws, self.warmup = policy, draws, warmup
        self.random = random.Random(seed)
        self.pool = {}
        self.joined = 0
        self.served = self.left = self.pools = 0
        self.waits = {}

    def poisson(self):
        # Sums of exponential gaps: exact.
        number, passed = 0, self.random.expovariate(1)
        while passed < ARRIVALS:
            number += 1
            passed += self.random.expovariate(1)
        return number

    def draw(self, period):
        """The persons who get a place, by their number."""
        if self.policy == "fifo":
            # A dict keeps the order of joining, and those who join together come in random order.
            winners = []
            for number in self.pool:
                if len(winners) == PLACES:
                    break
                winners.append(number)
            return winners
        seed = "%064x" % self.random.getrandbits(256)
        sha256 = hashlib.sha256
        # As lottery/v1 has it: tickets in hex, and everybody is ranked.
        tickets = [
            (sha256(f"{seed}:{number}:0".encode()).hexdigest(), number) for number in self.pool
        ]
        tickets.sort()
        return [number for _, number in tickets[:PLACES]]

    def count(self, period, wait, served):
        if period <= self.warmup:
            return
        if served:
            self.served += 1
            self.waits[wait] = self.waits.get(wait, 0) + 1
        else:
            self.left += 1

    def figures(self):
        total = sum(self.waits.values())
        return {
            "everServed": self.served / (self.served + self.left),
            "poolBeforeDraw": self.pools / self.draws,
            "waitMean": sum(wait * n for wait, n in self.waits.items()) / total,
        }


def run_simpy3(simpy, model):
    env = simpy.Environment()

    def person(number, period):
        """Takes part in draws until served or tired of waiting."""
        wait = 0
        while True:
            event = env.event()
            model.pool[number] = event
            served = yield event
            wait += 1
            if served:
                model.count(period[0], wait, True)
                return
            if model.random.random() < LEAVE:
                del model.pool[number]
                model.count(period[0], wait, False)
                return

    def office():
        period = [0]
        for t in range(1, model.warmup + model.draws + 1):
            period[0] = t
            for _ in range(BACKLOG if t == 1 else model.poisson()):
                model.joined += 1
                env.process(person(model.joined, period))
            yield env.timeout(0.5)
            if t > model.warmup:
                model.pools += len(model.pool)
            winners = set(model.draw(t))
            for number, event in list(model.pool.items()):
                if number in winners:
                    del model.pool[number]
                    event.succeed(True)
                else:
                    event.succeed(False)
            yield env.timeout(0.5)

    env.process(office())
    env.run()


def run_simpy2(model):
    from SimPy.Simulation import Process, Simulation, hold, passivate

    simulation = Simulation()
    period = [0]

    class Person(Process):
        def live(self, number):
            wait = 0
            model.pool[number] = self
            while True:
                self.served = False
                yield passivate, self
                wait += 1
                if self.served:
                    model.count(period[0], wait, True)
                    return
                if model.random.random() < LEAVE:
                    del model.pool[number]
                    model.count(period[0], wait, False)
                    return

    class Office(Process):
        def work(self):
            for t in range(1, model.warmup + model.draws + 1):
                period[0] = t
                for _ in range(BACKLOG if t == 1 else model.poisson()):
                    model.joined += 1
                    person = Person(sim=simulation)
                    simulation.activate(person, person.live(model.joined))
                yield hold, self, 0.5
                if t > model.warmup:
                    model.pools += len(model.pool)
                winners = set(model.draw(t))
                for number, person in list(model.pool.items()):
                    if number in winners:
                        del model.pool[number]
                        person.served = True
                    simulation.reactivate(person)
                yield hold, self, 0.5

    simulation.initialize()
    office = Office(sim=simulation)
    simulation.activate(office, office.work())
    simulation.simulate(until=math.inf)


def main():
    policy, draws, warmup, seed = sys.argv[1], *map(int, sys.argv[2:5])
    model = Model(policy, draws, warmup, seed)
    try:
        import simpy
    except ImportError:
        simpy = None
    began = time.perf_counter()
    if simpy:
        run_simpy3(simpy, model)
    else:
        run_simpy2(model)
    seconds = time.perf_counter() - began
    version = simpy.__version__ if simpy else __import__("SimPy").__version__
    print(
        json.dumps(
            {
                "seconds": seconds,
                "people": model.joined,
                "simpy": version,
                "figures": model.figures(),
            }
        )
    )


main()
