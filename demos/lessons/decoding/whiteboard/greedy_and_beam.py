from math import inf

# model(prefix) gives ln p of each next token, [V]; -inf where a token cannot come.

def greedy(model, end, most):
    """The most probable token at each step; of equals the lowest id."""
    text = []
    while len(text) < most and text[-1:] != [end]:
        log_p = model(text)
        text.append(log_p.index(max(log_p)))
    return text

def beam_search(model, end, beams, alpha, most):
    """The most probable prefixes at each step; in the end the best ln p / L**alpha."""
    score = lambda text, log_p: log_p / len(text) ** alpha
    open, done = [([], 0.0)], []                   # prefixes with ln p; texts with their score
    for _ in range(most):
        # All k*V continuations compete, not the best one of each prefix.
        longer = [(text + [token], total + log_p)
                  for text, total in open
                  for token, log_p in enumerate(model(text)) if log_p > -inf]
        longer.sort(key=lambda pair: -pair[1])
        kept = longer[:beams]
        done += [(text, score(text, total)) for text, total in kept if text[-1] == end]
        open = [(text, total) for text, total in kept if text[-1] != end]
    done += [(text, score(text, total)) for text, total in open]      # cut off
    return max(done, key=lambda pair: pair[1])[0]
