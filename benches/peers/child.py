"""What the scripts of this folder share: the conversation with the program that started them.

A script stays alive and answers one request a line. A request is a line of JSON, then as many raw
bytes as its field "bytes" says; an answer has the same form.

    hello    which implementations there are, and which are missing
    prepare  takes the inputs as float32, one after the other
    output   one result, as float32
    time     so many calls: wall time and processor time in seconds
"""

import json
import os
import sys
import time

# Compiled functions come from this process: no helpers that stay and take processor time.
os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"

try:
    import numpy as np
except ImportError as error:
    np, NO_NUMPY = None, error
try:
    import torch
except (ImportError, OSError, ValueError) as error:
    torch, NO_TORCH = None, error


def missing():
    """A sentence for each package that is not there."""
    sentences = []
    if torch is None:
        sentences.append(f"torch: {NO_TORCH}")
    if np is None:
        sentences.append(f"numpy (torch gets its inputs through it): {NO_NUMPY}")
    return sentences


class Peers:
    """What can be timed: functions without arguments, under their names, made by `prepare`."""

    def __init__(self):
        self.run = {}

    def output(self, request, _):
        return {}, np.asarray(self.run[request["name"]](), dtype="<f4").tobytes()

    def time(self, request, _):
        run = self.run[request["name"]]
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(request["calls"]):
            run()
        wall = time.perf_counter() - wall
        return {"wall": wall, "cpu": time.process_time() - cpu}, b""


def serve(peers):
    answers = {"hello": peers.hello, "prepare": peers.prepare, "output": peers.output, "time": peers.time}
    requests, out = sys.stdin.buffer, sys.stdout.buffer
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["bytes"])
        try:
            answer, payload = answers[request["ask"]](request, data)
        except Exception as error:  # the other side decides what a failure means
            answer, payload = {"error": f"{type(error).__name__}: {error}"}, b""
        answer["bytes"] = len(payload)
        out.write(json.dumps(answer).encode() + b"\n" + payload)
        out.flush()
