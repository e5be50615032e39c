"""Attention by PyTorch and numpy, for the program beside this file."""

from child import Peers, missing, np, serve, torch


class Attention(Peers):
    """Inputs are q, k and v."""

    def hello(self, request, _):
        offers = []
        if torch is not None and np is not None:
            torch.set_num_threads(request["threads"])
            torch.set_grad_enabled(False)
            offers.append({"name": "torch sdpa", "version": torch.__version__})
        if np is not None:
            offers.append({"name": "numpy", "version": np.__version__})
        return {"offers": offers, "missing": missing()}, b""

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
            self.run["torch sdpa"] = lambda: torch.nn.functional.scaled_dot_product_attention(
                *tensors, is_causal=causal, scale=scale
            )
        return {}, b""


if __name__ == "__main__":
    serve(Attention())
