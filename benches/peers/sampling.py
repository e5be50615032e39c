"""One token from logits by the logits processors of transformers and by the sampler chain of llama.cpp, for the program
beside this file.

The package xllamacpp shows no samplers in Python, but its library has llama.cpp's C functions; they are called as they
are. Filling in the candidates is part of the time, as in llama.cpp's own loop.
"""

import ctypes
import importlib.metadata

from child import Peers, missing, np, serve, torch

K, P, MIN_P, TYPICAL, EPSILON = 50, 0.9, 0.05, 0.9, 0.0003


class Transformers:
    """Processors as `generate` makes them, then softmax and a draw."""

    def __init__(self):
        import transformers
        from transformers.generation import logits_process as processors

        self.version = transformers.__version__
        self.makers = {
            "greedy": None,
            "pure sampling": lambda: [],
            "top-k 50": lambda: [processors.TopKLogitsWarper(K)],
            "top-p 0.9": lambda: [processors.TopPLogitsWarper(P)],
            "min-p 0.05": lambda: [processors.MinPLogitsWarper(MIN_P)],
            "typical 0.9": lambda: [processors.TypicalLogitsWarper(TYPICAL)],
            "epsilon 0.0003": lambda: [processors.EpsilonLogitsWarper(EPSILON)],
            "eta 0.0003": lambda: [processors.EtaLogitsWarper(EPSILON)],
        }

    def run(self, strategy, logits):
        row = torch.from_numpy(logits.copy()).view(1, -1)
        if strategy not in self.makers:
            return None
        if self.makers[strategy] is None:
            return lambda: int(row.argmax(-1))
        chain = self.makers[strategy]()
        torch.manual_seed(4)

        def step():
            scores = row
            for processor in chain:
                scores = processor(None, scores)
            return int(torch.multinomial(torch.softmax(scores, -1), 1))

        return step


class Candidates(ctypes.Structure):
    """`llama_token_data_array`"""

    _fields_ = [
        ("data", ctypes.c_void_p),
        ("size", ctypes.c_size_t),
        ("selected", ctypes.c_int64),
        ("sorted", ctypes.c_bool),
    ]


class ChainParams(ctypes.Structure):
    """`llama_sampler_chain_params`"""

    _fields_ = [("no_perf", ctypes.c_bool)]


class LlamaCpp:
    """`llama_sampler_chain`: the filter, then `dist` or `greedy`."""

    ENTRY = [("id", "<i4"), ("logit", "<f4"), ("p", "<f4")]  # llama_token_data

    def __init__(self):
        import xllamacpp

        self.version = importlib.metadata.version("xllamacpp")
        self.library = ctypes.CDLL(xllamacpp.xllamacpp.__file__)
        signatures = {
            "llama_sampler_chain_init": [ChainParams],
            "llama_sampler_init_greedy": [],
            "llama_sampler_init_dist": [ctypes.c_uint32],
            "llama_sampler_init_top_k": [ctypes.c_int32],
            "llama_sampler_init_top_p": [ctypes.c_float, ctypes.c_size_t],
            "llama_sampler_init_min_p": [ctypes.c_float, ctypes.c_size_t],
            "llama_sampler_init_typical": [ctypes.c_float, ctypes.c_size_t],
        }
        for name, takes in signatures.items():
            function = getattr(self.library, name)
            function.argtypes, function.restype = takes, ctypes.c_void_p
        self.library.llama_sampler_chain_add.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self.library.llama_sampler_chain_add.restype = None
        self.library.llama_sampler_apply.argtypes = [ctypes.c_void_p, ctypes.POINTER(Candidates)]
        self.library.llama_sampler_apply.restype = None
        made, drawn = self.library, self.library.llama_sampler_init_dist
        self.makers = {
            "greedy": lambda: [made.llama_sampler_init_greedy()],
            "pure sampling": lambda: [drawn(4)],
            "top-k 50": lambda: [made.llama_sampler_init_top_k(K), drawn(4)],
            "top-p 0.9": lambda: [made.llama_sampler_init_top_p(P, 1), drawn(4)],
            "min-p 0.05": lambda: [made.llama_sampler_init_min_p(MIN_P, 1), drawn(4)],
            "typical 0.9": lambda: [made.llama_sampler_init_typical(TYPICAL, 1), drawn(4)],
        }

    def run(self, strategy, logits):
        if strategy not in self.makers:
            return None
        chain = self.library.llama_sampler_chain_init(ChainParams(True))
        for sampler in self.makers[strategy]():
            self.library.llama_sampler_chain_add(chain, sampler)
        entries = np.zeros(len(logits), dtype=self.ENTRY)
        ids, source = np.arange(len(logits), dtype="<i4"), logits.copy()
        apply, address = self.library.llama_sampler_apply, entries.ctypes.data

        def step():
            # A sort leaves other ids in these places.
            entries["id"], entries["logit"], entries["p"] = ids, source, 0.0
            array = Candidates(address, len(source), -1, False)
            apply(chain, ctypes.byref(array))
            # Where a sampler moved the entries to memory of its own, `data` says so.
            at = array.data + 12 * array.selected
            return ctypes.c_int32.from_address(at).value

        return step


class Sampling(Peers):
    """Inputs are logits; a token comes back as a number."""

    def hello(self, request, _):
        absent = missing()
        self.engines = {}
        if torch is not None and np is not None:
            torch.set_num_threads(request["threads"])
            for name, engine in [("transformers", Transformers), ("llama.cpp", LlamaCpp)]:
                try:
                    self.engines[name] = engine()
                except (ImportError, OSError, AttributeError) as error:
                    absent.append(f"{name}: {error}")
        offers = [{"name": name, "version": engine.version} for name, engine in self.engines.items()]
        return {"offers": offers, "missing": absent}, b""

    def prepare(self, request, data):
        logits = np.frombuffer(data, dtype="<f4")
        runs = {name: engine.run(request["strategy"], logits) for name, engine in self.engines.items()}
        self.run = {name: run for name, run in runs.items() if run is not None}
        return {"names": list(self.run)}, b""

    def output(self, request, _):
        return {}, np.asarray([self.run[request["name"]]()], dtype="<f4").tobytes()


if __name__ == "__main__":
    serve(Sampling())
