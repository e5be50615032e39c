"""Activation functions by PyTorch, for the program beside this file."""

from child import Peers, missing, np, serve, torch


class Activation(Peers):
    """Inputs are a and b, one after the other, of one length."""

    def hello(self, request, _):
        absent = missing()
        if absent:
            return {"offers": [], "missing": absent}, b""
        torch.set_num_threads(request["threads"])
        torch.set_grad_enabled(False)
        names = ["torch, out=", "torch"]
        return {"offers": [{"name": name, "version": torch.__version__} for name in names], "missing": []}, b""

    def prepare(self, request, data):
        a, b = torch.from_numpy(np.frombuffer(data, dtype="<f4").copy()).chunk(2)
        y, aten, functional = torch.empty_like(a), torch.ops.aten, torch.nn.functional
        into, anew = {
            "gelu": (lambda: aten.gelu.out(a, out=y), lambda: functional.gelu(a)),
            "gelu, tanh": (
                lambda: aten.gelu.out(a, approximate="tanh", out=y),
                lambda: functional.gelu(a, approximate="tanh"),
            ),
            "swiglu": (
                lambda: torch.mul(aten.silu.out(a, out=y), b, out=y),
                lambda: functional.silu(a) * b,
            ),
        }[request["work"]]
        self.run = {"torch, out=": into, "torch": anew}
        return {}, b""


if __name__ == "__main__":
    serve(Activation())
