/// Parameters of a LLaMA-like decoder: RMSNorm, gated FFN, no biases.
pub struct Model {
    pub layers: u64,
    pub d: u64,
    pub heads: u64,
    pub kv_heads: u64,
    pub head_dim: u64,
    pub d_ff: u64,
    pub vocab: u64,
    pub tied: bool, // does the output reuse the embedding?
}

pub fn parameters(m: &Model) -> u64 {
    let q_and_o = 2 * m.d * m.heads * m.head_dim; // W_Q and W_O: whole in every layout
    let k_and_v = 2 * m.d * m.kv_heads * m.head_dim; // W_K and W_V: what sharing makes smaller
    let ffn = 3 * m.d * m.d_ff; // gate, up, down
    let norms = 2 * m.d;
    let embeddings = if m.tied { m.vocab * m.d } else { 2 * m.vocab * m.d };
    m.layers * (q_and_o + k_and_v + ffn + norms) + m.d + embeddings // + m.d: the last norm
}
