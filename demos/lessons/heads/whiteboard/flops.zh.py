def flops_per_token(n, layers, heads, head_dim, context):
    """已有 `context` 个 token 时，再出一个 token 的运算次数。n：一个 token 要乘的参数
    （不含 embedding；MoE 只算用到的专家）。式子里没有 KV 头数。"""
    weights = 2 * n                                      # 每个参数一次乘、一次加
    attention = 4 * layers * heads * head_dim * context  # q.k 和 p.v，各 2 次
    return weights + attention

def tokens_per_second(batch, weight_bytes, cache_bytes, flops, bandwidth, peak):
    """Roofline：访存和计算，哪个慢，一步就要多久。
    整个 batch 只读一遍权重；缓存和计算每个序列各有一份。"""
    memory = (weight_bytes + batch * cache_bytes) / bandwidth
    arithmetic = batch * flops / peak
    return batch / max(memory, arithmetic)
