/// 已有 `context` 个 token 时，再出一个 token 的运算次数。n：一个 token 要乘的参数
/// （不含 embedding；MoE 只算用到的专家）。式子里没有 KV 头数。
pub fn flops_per_token(n: f64, layers: f64, heads: f64, head_dim: f64, context: f64) -> f64 {
    let weights = 2.0 * n; // 每个参数一次乘、一次加
    let attention = 4.0 * layers * heads * head_dim * context; // q·k 和 p·v，各 2 次
    weights + attention
}

/// Roofline：访存和计算，哪个慢，一步就要多久。
/// 整个 batch 只读一遍权重；缓存和计算每个序列各有一份。
pub fn tokens_per_second(
    batch: f64,
    weight_bytes: f64,
    cache_bytes: f64, // 一个序列的
    flops: f64,       // 一个 token 的
    bandwidth: f64,   // 字节/秒
    peak: f64,        // 次/秒
) -> f64 {
    let memory = (weight_bytes + batch * cache_bytes) / bandwidth;
    let arithmetic = batch * flops / peak;
    batch / memory.max(arithmetic)
}
