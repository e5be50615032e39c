"""Times a language model in a GGUF file by llama.cpp (the package xllamacpp) and by transformers in f32.

    python benches/peers/decoder.py model.gguf [--threads 2] [--rounds 3]

Prints tokens a second: of a prompt of 512 tokens, of one text token by token, of 16 texts together (llama.cpp only).
`DEMO_MODEL=model.gguf cargo bench --bench decoder` times this project on the same work. The best of all rounds is
kept, since a busy machine only ever makes a round slower.
"""

import argparse
import os
import time

PROMPT, STEPS, TEXTS = 512, 64, 16


def tokens(count, vocab, start=0):
    return [((start + i) * 7919 + 13) % vocab for i in range(count)]


def best(rounds, measure):
    return max(measure() for _ in range(rounds))


def llama_cpp(path, threads, rounds):
    import concurrent.futures
    import xllamacpp as xlc

    def server(parallel):
        params = xlc.CommonParams()
        params.model.path = path
        params.n_ctx = (PROMPT + STEPS + 64) * parallel
        params.n_parallel = parallel
        params.cpuparams.n_threads = threads
        params.cpuparams_batch.n_threads = threads
        params.n_gpu_layers = 0
        params.warmup = True
        params.cache_prompt = False
        return xlc.Server(params)

    def ask(engine, prompt, steps):
        request = {"prompt": prompt, "n_predict": steps, "temperature": 0.0, "ignore_eos": True, "cache_prompt": False}
        return engine.handle_completions(request)["timings"]

    one = server(1)
    vocab = 49152
    yield "llama.cpp", "prefill 512", best(
        rounds, lambda: ask(one, tokens(PROMPT, vocab), 1)["prompt_per_second"]
    )
    yield "llama.cpp", "1 text", best(
        rounds, lambda: ask(one, tokens(32, vocab), STEPS)["predicted_per_second"]
    )
    many = server(TEXTS)

    def together():
        with concurrent.futures.ThreadPoolExecutor(TEXTS) as pool:
            asked = [pool.submit(ask, many, tokens(4, vocab, i), STEPS) for i in range(TEXTS)]
            each = [reply.result() for reply in asked]
        # All run for the same time: each says how many tokens a second it got.
        return sum(reply["predicted_per_second"] for reply in each)

    yield "llama.cpp", "16 texts", best(rounds, together)


def transformers(path, threads, rounds):
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(threads)
    folder, file = os.path.split(path)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32).eval()
    vocab = model.config.vocab_size
    text = torch.tensor([tokens(PROMPT, vocab)])

    def prefill():
        start = time.perf_counter()
        model(text, logits_to_keep=1)
        return PROMPT / (time.perf_counter() - start)

    def steps():
        past = model(text[:, :32], use_cache=True).past_key_values
        start = time.perf_counter()
        for i in range(STEPS // 2):
            past = model(text[:, i : i + 1], past_key_values=past, use_cache=True).past_key_values
        return STEPS // 2 / (time.perf_counter() - start)

    with torch.inference_mode():
        prefill()
        yield "transformers f32", "prefill 512", best(rounds, prefill)
        yield "transformers f32", "1 text", best(rounds, steps)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for run in [llama_cpp, transformers]:
        try:
            for who, what, rate in run(os.path.abspath(given.model), given.threads, given.rounds):
                print(f"{who},{what},{given.threads},{rate:.1f}", flush=True)
        except ImportError as missing:
            print(f"{run.__name__}: left out, {missing}", flush=True)


if __name__ == "__main__":
    main()
