from math import inf

# model(prefix) 给出下一个 token 的 ln p，[V]；不可能的 token 是 -inf。

def greedy(model, end, most):
    """每步取概率最大的 token；相同时取 id 最小的。"""
    text = []
    while len(text) < most and text[-1:] != [end]:
        log_p = model(text)
        text.append(log_p.index(max(log_p)))
    return text

def beam_search(model, end, beams, alpha, most):
    """每步留下概率最大的几个前缀；最后取 ln p / L**alpha 最大的。"""
    score = lambda text, log_p: log_p / len(text) ** alpha
    open, done = [([], 0.0)], []                   # 前缀和 ln p；写完的文本和得分
    for _ in range(most):
        # k*V 个续写一起比，不是每个前缀各留一个。
        longer = [(text + [token], total + log_p)
                  for text, total in open
                  for token, log_p in enumerate(model(text)) if log_p > -inf]
        longer.sort(key=lambda pair: -pair[1])
        kept = longer[:beams]
        done += [(text, score(text, total)) for text, total in kept if text[-1] == end]
        open = [(text, total) for text, total in kept if text[-1] != end]
    done += [(text, score(text, total)) for text, total in open]      # 没写完就截断的
    return max(done, key=lambda pair: pair[1])[0]
