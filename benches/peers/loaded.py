"""SentencePiece and tiktoken, for the program beside this file: encoding with a published file, training."""

import base64
import importlib
import io
import math
from importlib.metadata import version

from child import Peers, np, serve

MISSING = {}
PACKAGES = {}
for name in ("sentencepiece", "tiktoken"):
    try:
        PACKAGES[name] = importlib.import_module(name)
    except ImportError as error:
        MISSING[name] = f"{name}: {error}"
if np is None:
    MISSING["numpy"] = "numpy (results travel through it)"


def of_ranks(file, pattern):
    """tiktoken with a file of ranks; it has no special tokens here, as nothing of the text is one."""
    ranks = {}
    for line in file.splitlines():
        if line:
            token, rank = line.split()
            ranks[base64.b64decode(token)] = int(rank)
    return PACKAGES["tiktoken"].Encoding("loaded", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})


def unigram(lines, vocabulary, threads):
    model = io.BytesIO()
    PACKAGES["sentencepiece"].SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        model_type="unigram",
        vocab_size=vocabulary,
        character_coverage=1.0,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        # Pieces may hold what the text has, as in the other trainer.
        split_by_unicode_script=False,
        split_by_number=False,
        max_sentence_length=1 << 20,
        num_threads=threads,
        minloglevel=2,
    )
    return PACKAGES["sentencepiece"].SentencePieceProcessor(model_proto=model.getvalue())


def held_out(sp, lines, seen):
    """Tokens and bits a character of lines that were not learned from, without the characters that are new."""
    score = [sp.get_score(id) for id in range(sp.get_piece_size())]
    mass = math.log(sum(math.exp(score) for score in score[3:]))
    tokens, bits, characters = 0, 0.0, 0
    for line in lines:
        line = "".join(character for character in line if character in seen)
        for word in line.split(" "):
            # The processor puts the sign for the space there itself.
            ids = sp.encode(word) if word else [sp.piece_to_id("▁")]
            tokens += len(ids)
            bits -= sum(score[id] - mass for id in ids) / math.log(2)
            characters += len(word) + 1
    return [tokens / characters, bits / characters]


class Loaded(Peers):
    """The file comes first, the text behind it."""

    def hello(self, request, _):
        offers = [{"name": name, "version": version(name)} for name in PACKAGES if np is not None]
        return {"offers": offers, "missing": list(MISSING.values())}, b""

    def prepare(self, request, data):
        file, text = data[: request["file"]], data[request["file"] :].decode()
        name, what = request["name"], request["what"]
        self.flat = lambda ids: ids
        if what == "sentencepiece":
            sp = PACKAGES[what].SentencePieceProcessor(model_proto=file)
            self.run = {name: lambda: sp.encode(text)}
        elif what == "tiktoken":
            encoding = of_ranks(file, request["pattern"])
            self.run = {name: lambda: encoding.encode_to_numpy(text)}
        else:
            lines = [line for line in text.splitlines() if line]
            learned = [line for n, line in enumerate(lines) if n % 10]
            self.run = {name: lambda: unigram(learned, request["vocabulary"], request["threads"])}
            self.flat = lambda sp: held_out(sp, lines[::10], {c for line in learned for c in line})
        return {}, b""

    def output(self, request, _):
        return {}, np.asarray(self.flat(self.run[request["name"]]()), dtype="<f4").tobytes()


if __name__ == "__main__":
    serve(Loaded())
