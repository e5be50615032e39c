"""Tokenizers of others, for the program beside this file: training and encoding byte-level BPE."""

import importlib
import json
import sys
from importlib.metadata import version

from child import Peers, np, serve

MISSING = {}
PACKAGES = {}
for name in ("rustbpe", "tokenizers", "tiktoken"):
    try:
        PACKAGES[name] = importlib.import_module(name)
    except ImportError as error:
        MISSING[name] = f"{name}: {error}"
if np is None:
    MISSING["numpy"] = "numpy (results travel through it)"


def gpt2_bytes():
    """GPT-2's printable character for each byte, the other way round."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(b): b for b in printable} | {chr(0x100 + n): b for n, b in enumerate(others)}


BYTES = gpt2_bytes()


def raw(token):
    return bytes(BYTES[c] for c in token)


def fingerprint(token):
    """FNV-1a folded to 24 bits, as on the other side."""
    value = 0x811C9DC5
    for byte in token:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return (value >> 24) ^ (value & 0xFFFFFF)


def memory(field):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field))


class Tokenizers(Peers):
    """The text arrives in parts that end between words, with a tokenizer to encode with."""

    def hello(self, request, _):
        pairs = [("rustbpe", "train"), ("tokenizers", "train"), ("tiktoken", "encode")]
        offers = [{"name": f"{p} {what}", "version": version(p)} for p, what in pairs if p in PACKAGES and np]
        return {"offers": offers, "missing": list(MISSING.values())}, b""

    def prepare(self, request, data):
        text, file = data[: request["text"]].decode(), json.loads(data[request["text"] :])
        parts, start = [], 0
        for size in request["parts"]:
            parts.append(data[start : start + size].decode())
            start += size
        vocabulary, pattern, suffix = request["vocabulary"], request["pattern"], request["suffix"]
        self.run, self.flat = {}, {}
        if "rustbpe" in PACKAGES:

            def rustbpe():
                tokenizer = PACKAGES["rustbpe"].Tokenizer()
                tokenizer.train_from_iterator(iter(parts), vocabulary, pattern=pattern)
                return tokenizer

            name = "rustbpe train" + suffix
            self.run[name] = rustbpe
            self.flat[name] = lambda made: [fingerprint(t) for t, _ in made.get_mergeable_ranks()[256:]]
        if "tokenizers" in PACKAGES:
            hf = PACKAGES["tokenizers"]

            def tokenizers():
                tokenizer = hf.Tokenizer(hf.models.BPE())
                tokenizer.pre_tokenizer = hf.pre_tokenizers.ByteLevel(add_prefix_space=False)
                trainer = hf.trainers.BpeTrainer(
                    vocab_size=vocabulary,
                    show_progress=False,
                    initial_alphabet=hf.pre_tokenizers.ByteLevel.alphabet(),
                )
                tokenizer.train_from_iterator(iter(parts), trainer)
                return tokenizer

            def tokens(made):
                by_id = sorted(made.get_vocab().items(), key=lambda entry: entry[1])
                return [fingerprint(raw(token)) for token, _ in by_id[256:]]

            name = "tokenizers train" + suffix
            self.run[name], self.flat[name] = tokenizers, tokens
        if "tiktoken" in PACKAGES:
            ranks = {raw(token): number for token, number in file["model"]["vocab"].items()}
            encoding = PACKAGES["tiktoken"].Encoding(
                "trained", pat_str=pattern, mergeable_ranks=ranks, special_tokens={}
            )
            name = "tiktoken encode" + suffix
            # Whole texts, and as a numpy array: without it most of the time goes into a Python list.
            self.run[name] = lambda: encoding.encode_to_numpy(text)
            self.flat[name] = lambda ids: ids
        return {}, b""

    def output(self, request, _):
        name = request["name"]
        with open("/proc/self/clear_refs", "w") as refs:
            refs.write("5")
        before = memory("VmRSS:")
        made = self.run[name]()
        print(f"  {name}: {(memory('VmHWM:') - before) / 1e6:.1f} MB more at its peak", file=sys.stderr)
        return {}, np.asarray(self.flat[name](made), dtype="<f4").tobytes()


if __name__ == "__main__":
    serve(Tokenizers())
