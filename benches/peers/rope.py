"""Rotary embedding by PyTorch, for the program beside this file."""

import logging

from child import Peers, missing, np, serve, torch

# Compiling would warn that triton, for graphics processors, is not there.
logging.getLogger("torch.utils.flop_counter").setLevel(logging.ERROR)


def turn(x, cos, sin):
    """As models write it, in halves; both tables are as wide as x."""
    a, b = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-b, a), dim=-1) * sin


class Rope(Peers):
    """Inputs are x, (heads, n, size), and the tables of cosine and sine, (n, size / 2)."""

    def hello(self, request, _):
        offers, absent = [], missing()
        if not absent:
            torch.set_num_threads(request["threads"])
            torch.set_grad_enabled(False)
            offers.append({"name": "torch", "version": torch.__version__})
            try:  # it needs a C++ compiler
                torch.compile(turn)(*(torch.ones(2, 2) for _ in range(3)))
                offers.append({"name": "torch compiled", "version": torch.__version__})
            except Exception as error:
                absent.append(f"torch compiled: {type(error).__name__}: {str(error).splitlines()[0]}")
        return {"offers": offers, "missing": absent}, b""

    def prepare(self, request, data):
        heads, n, size = request["shape"]
        numbers = torch.from_numpy(np.frombuffer(data, dtype="<f4").copy())
        x, cos, sin = numbers.split([heads * n * size, n * size // 2, n * size // 2])
        x = x.reshape(1, heads, n, size)
        # A model makes its tables once, so that is not timed.
        cos, sin = (table.reshape(n, size // 2).repeat(1, 2) for table in (cos, sin))
        # Made anew for each shape; the first call, which compiles, is not timed either.
        torch.compiler.reset()
        compiled = torch.compile(turn, dynamic=False)
        self.run = {
            "torch": lambda: turn(x, cos, sin),
            "torch compiled": lambda: compiled(x, cos, sin),
        }
        return {}, b""


if __name__ == "__main__":
    serve(Rope())
