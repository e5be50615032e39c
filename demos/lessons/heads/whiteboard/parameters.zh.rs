/// LLaMA 类解码器的参数量：RMSNorm、带门控的 FFN、没有偏置。
pub struct Model {
    pub layers: u64,
    pub d: u64,
    pub heads: u64,
    pub kv_heads: u64,
    pub head_dim: u64,
    pub d_ff: u64,
    pub vocab: u64,
    pub tied: bool, // 输出层是否复用 embedding
}

pub fn parameters(m: &Model) -> u64 {
    let q_and_o = 2 * m.d * m.heads * m.head_dim; // W_Q 和 W_O：哪种结构都一样大
    let k_and_v = 2 * m.d * m.kv_heads * m.head_dim; // W_K 和 W_V：共享变小的就是这两个
    let ffn = 3 * m.d * m.d_ff; // gate、up、down
    let norms = 2 * m.d;
    let embeddings = if m.tied { m.vocab * m.d } else { 2 * m.vocab * m.d };
    m.layers * (q_and_o + k_and_v + ffn + norms) + m.d + embeddings // + m.d：最后的 norm
}
