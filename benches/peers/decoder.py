"""A language model in a GGUF file by llama.cpp (the package xllamacpp) and by transformers in f32, for the program beside
this file.

What is timed begins with the prompts in the caches: steps of the most probable token, or the prompt itself.
"""

import os
from concurrent.futures import ThreadPoolExecutor

from child import Peers, missing, np, serve, torch

try:
    import xllamacpp
except ImportError as error:
    xllamacpp, NO_LLAMA = None, error
try:
    import transformers
except ImportError as error:
    transformers, NO_TRANSFORMERS = None, error


class LlamaCpp:
    """One server for one number of texts; each has a slot, in which its prompt stays."""

    def __init__(self, path, prompts, steps, threads):
        self.prompts, self.steps = prompts, steps
        params = xllamacpp.CommonParams()
        params.model.path = path
        params.n_ctx = (len(prompts[0]) + steps + 8) * len(prompts)
        params.n_parallel = len(prompts)
        params.cpuparams.n_threads = threads
        params.cpuparams_batch.n_threads = threads
        params.n_gpu_layers = 0
        self.server = xllamacpp.Server(params)
        self.pool = ThreadPoolExecutor(len(prompts))

    def ask(self, slot, **more):
        request = {
            "prompt": self.prompts[slot],
            "n_predict": self.steps,
            "temperature": 0.0,
            "ignore_eos": True,
            "id_slot": slot,
            # A prompt that is all that is timed must be read anew.
            "cache_prompt": self.steps > 1,
        }
        return self.server.handle_completions(request | more)

    def __call__(self):
        return list(self.pool.map(self.ask, range(len(self.prompts))))

    def tokens(self, count):
        """The chosen tokens, which an answer names only beside their probabilities."""
        replies = [self.ask(slot, n_predict=count, logprobs=1) for slot in range(len(self.prompts))]
        return [[token["id"] for token in reply["choices"][0]["logprobs"]["content"]] for reply in replies]


class Transformers:
    def __init__(self, model, prompts, steps):
        self.model, self.steps = model, steps
        self.prompts = torch.tensor(prompts)
        self.cache = None

    def read(self, tokens, cache):
        out = self.model(tokens, past_key_values=cache, use_cache=True, logits_to_keep=1)
        return out.logits[:, -1].argmax(-1, keepdim=True), out.past_key_values

    def __call__(self):
        if self.steps == 1:
            return self.read(self.prompts, None)[0].tolist()
        if self.cache is None:
            _, self.cache = self.read(self.prompts[:, :-1], None)
        chosen, last = [], self.prompts[:, -1:]
        for _ in range(self.steps):
            last, self.cache = self.read(last, self.cache)
            chosen.append(last)
        self.cache.crop(-self.steps)
        return torch.cat(chosen, 1).tolist()

    def tokens(self, count):
        return [text[:count] for text in self()]


class Decoder(Peers):
    """Of each text the tokens that it begins with are given, and so many that are chosen are given back."""

    def hello(self, request, _):
        offers, absent = [], missing()
        self.threads, self.model = request["threads"], None
        if xllamacpp is None:
            absent.append(f"llama.cpp: {NO_LLAMA}")
        else:
            offers.append({"name": "llama.cpp", "version": f"xllamacpp {xllamacpp.__version__}"})
        if transformers is None:
            absent.append(f"transformers: {NO_TRANSFORMERS}")
        elif torch is not None:
            torch.set_num_threads(self.threads)
            torch.set_grad_enabled(False)
            offers.append({"name": "transformers f32", "version": transformers.__version__})
        return {"offers": offers, "missing": absent}, b""

    def prepare(self, request, data):
        texts, steps, path = request["texts"], request["steps"], request["model"]
        prompts = np.frombuffer(data, dtype="<f4").astype(int).reshape(texts, -1).tolist()
        self.run, self.shown = {}, request["shown"]
        if xllamacpp is not None:
            self.run["llama.cpp"] = LlamaCpp(path, prompts, steps, self.threads)
        if transformers is not None and torch is not None:
            if self.model is None:
                folder, file = os.path.split(path)
                kind = transformers.AutoModelForCausalLM
                decoded = transformers.GgufConfig(dequantize=True)
                self.model = kind.from_pretrained(
                    folder, gguf_file=file, quantization_config=decoded, dtype=torch.float32
                ).eval()
            self.run["transformers f32"] = Transformers(self.model, prompts, steps)
        return {}, b""

    def output(self, request, _):
        tokens = self.run[request["name"]].tokens(self.shown)
        return {}, np.asarray(tokens, dtype="<f4").tobytes()


if __name__ == "__main__":
    serve(Decoder())
