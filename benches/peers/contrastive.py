"""InfoNCE in both directions, forward and backward, by PyTorch, for the program beside this file."""

from child import Peers, missing, np, serve, torch


class Contrastive(Peers):
    """Inputs are images and texts, one after the other, n rows of unit length each."""

    def hello(self, request, _):
        absent = missing()
        if absent:
            return {"offers": [], "missing": absent}, b""
        torch.set_num_threads(request["threads"])
        return {"offers": [{"name": "torch", "version": torch.__version__}], "missing": []}, b""

    def prepare(self, request, data):
        n = request["n"]
        images, texts = torch.from_numpy(np.frombuffer(data, dtype="<f4").copy()).view(2, n, -1).unbind()
        images, texts = images.clone().requires_grad_(), texts.clone().requires_grad_()
        scale = torch.tensor(request["scale"], requires_grad=True)
        pairs = torch.arange(n)
        cross_entropy = torch.nn.functional.cross_entropy

        def step():
            logits = scale * images @ texts.T
            loss = (cross_entropy(logits, pairs) + cross_entropy(logits.T, pairs)) / 2
            return loss.detach(), *torch.autograd.grad(loss, (images, texts, scale))

        def flat():
            loss, by_images, by_texts, by_scale = step()
            both = torch.cat([by_images.flatten(), by_texts.flatten()]) * n
            return torch.cat([loss.view(1), by_scale.view(1), both])

        self.flat = flat
        self.run = {"torch": step}
        return {}, b""

    def output(self, request, _):
        return {}, self.flat().numpy().astype("<f4").tobytes()


if __name__ == "__main__":
    serve(Contrastive())
