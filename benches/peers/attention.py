"""Attention by PyTorch and numpy, for the program beside this file.

Stays alive and answers one request a line. A request is a line of JSON, then as many raw bytes as its
field "bytes" says; an answer has the same form.

    hello    which implementations there are, and which are missing
    prepare  takes q, k and v, one after the other, as float32
    output   one result, as float32
    time     so many calls: wall time and processor time in seconds
"""

import json
import sys
import time

try:
    import numpy as np
except ImportError as error:
    np, NO_NUMPY = None, error
try:
    import torch
    import torch.nn.functional as F
except (ImportError, OSError, ValueError) as error:
    torch, NO_TORCH = None, error


class Peers:
    """What can be timed, and the inputs that it runs on."""

    def __init__(self):
        self.run = {}

    def hello(self, request, _):
        offers, missing = [], []
        if torch is None:
            missing.append(f"torch: {NO_TORCH}")
        elif np is not None:
            torch.set_num_threads(request["threads"])
            torch.set_grad_enabled(False)
            offers.append({"name": "torch sdpa", "version": torch.__version__})
        if np is None:
            missing.append(f"numpy (torch gets its inputs through it): {NO_NUMPY}")
        else:
            offers.append({"name": "numpy", "version": np.__version__})
        return {"offers": offers, "missing": missing}, b""

    def prepare(self, request, data):
        causal, scale = request["causal"], request["scale"]
        n = request["shape"][1]
        q, k, v = np.frombuffer(data, dtype="<f4").reshape(3, *request["shape"]).copy()
        # A model makes its mask once, so it is not timed.
        hidden = np.triu(np.full((n, n), -np.inf, dtype=np.float32), 1) if causal else None

        def numpy_attention():
            scores = (q * np.float32(scale)) @ k.transpose(0, 2, 1)
            if causal:
                scores += hidden
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            return scores @ v

        self.run = {"numpy": numpy_attention}
        if torch is not None:
            tensors = [torch.from_numpy(x)[None] for x in (q, k, v)]
            self.run["torch sdpa"] = lambda: F.scaled_dot_product_attention(
                *tensors, is_causal=causal, scale=scale
            )
        return {}, b""

    def output(self, request, _):
        return {}, np.asarray(self.run[request["name"]](), dtype="<f4").tobytes()

    def time(self, request, _):
        run = self.run[request["name"]]
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(request["calls"]):
            run()
        wall = time.perf_counter() - wall
        return {"wall": wall, "cpu": time.process_time() - cpu}, b""


def main():
    peers = Peers()
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


if __name__ == "__main__":
    main()
