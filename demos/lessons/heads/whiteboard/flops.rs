/// Operations to write one token after `context` tokens. n: parameters that a token is multiplied with
/// (no embedding; of a mixture of experts only those in use). No key/value heads in here.
pub fn flops_per_token(n: f64, layers: f64, heads: f64, head_dim: f64, context: f64) -> f64 {
    let weights = 2.0 * n; // a multiplication and an addition each
    let attention = 4.0 * layers * heads * head_dim * context; // q·k and p·v, 2 each
    weights + attention
}

/// Roofline: a step takes as long as the slower of its bytes and its operations.
/// The batch reads the weights once; each sequence has a cache and operations of its own.
pub fn tokens_per_second(
    batch: f64,
    weight_bytes: f64,
    cache_bytes: f64, // of one sequence
    flops: f64,       // of one token
    bandwidth: f64,   // bytes per second
    peak: f64,        // operations per second
) -> f64 {
    let memory = (weight_bytes + batch * cache_bytes) / bandwidth;
    let arithmetic = batch * flops / peak;
    batch / memory.max(arithmetic)
}
