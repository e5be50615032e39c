//! The types of models that are understood.

/// The types of models that are understood, and the style of each.
pub(super) const TYPES: [(&str, &str); 66] = [
    ("llama", "llama"),
    ("mistral", "llama"),
    ("mixtral", "llama"),
    ("qwen2", "qwen2"),
    ("qwen2_moe", "qwen2"),
    ("qwen2_vl_text", "qwen2"),
    ("qwen2_5_vl_text", "qwen2"),
    ("qwen3", "qwen3"),
    ("qwen3_moe", "qwen3"),
    ("qwen3_next", "qwen3"),
    ("gemma", "llama"),
    ("gemma2", "gemma2"),
    ("gemma3_text", "gemma3"),
    ("phi", "phi"),
    ("phi3", "llama"),
    ("gpt_oss", "llama"),
    ("llama4_text", "llama"),
    ("falcon", "falcon"),
    ("gpt2", "gpt"),
    ("bert", "bert"),
    ("roberta", "bert"),
    ("t5", "t5"),
    ("mt5", "t5"),
    ("umt5", "t5"),
    ("gpt_neox", "gpt, no table"),
    ("opt", "gpt"),
    ("bloom", "gpt, no table"),
    ("deepseek", "llama"),
    ("deepseek_v2", "llama"),
    ("deepseek_v3", "llama"),
    ("deepseek_v32", "llama"),
    ("qwen3_5_text", "qwen3"),
    ("qwen3_5_moe_text", "qwen3"),
    ("qwen3_vl_text", "qwen3"),
    ("qwen3_vl_moe_text", "qwen3"),
    ("olmo2", "olmo2"),
    ("olmo3", "olmo2"),
    ("olmoe", "olmo2"),
    ("minimax_m2", "olmo2"),
    ("minimax", "llama"),
    ("cohere2", "one norm"),
    ("smollm3", "llama"),
    ("exaone4", "qwen3"),
    ("seed_oss", "llama"),
    ("dots1", "qwen3"),
    ("glm", "llama"),
    ("glm4", "gemma2"),
    ("glm4_moe", "llama"),
    ("ernie4_5", "llama"),
    ("ernie4_5_moe", "llama"),
    ("hunyuan_v1_dense", "qwen3"),
    ("hunyuan_v1_moe", "qwen3"),
    ("granite", "llama"),
    ("granitemoe", "llama"),
    ("granitemoehybrid", "llama"),
    ("ministral3", "llama"),
    ("kimi_linear", "llama"),
    ("jamba", "llama"),
    ("bamba", "llama"),
    ("falcon_h1", "llama"),
    ("nemotron_h", "one norm, no gate"),
    ("lfm2", "qwen3"),
    ("lfm2_moe", "qwen3"),
    ("mamba", "one norm"),
    ("mamba2", "one norm"),
    ("falcon_mamba", "one norm"),
];

/// Models that see images, whose tower is counted.
pub(super) const SEEING: [&str; 12] = [
    "llava",
    "llava_next",
    "llava_onevision",
    "gemma3",
    "mistral3",
    "internvl",
    "qwen2_vl",
    "qwen2_5_vl",
    "qwen3_vl",
    "qwen3_vl_moe",
    "qwen3_5",
    "qwen3_5_moe",
];
/// What those and others write in older files where the type of a part should stand.
const OLDER: [(&str, &str); 12] = [
    ("gemma3", "gemma3_text"),
    ("qwen2_vl", "qwen2_vl_text"),
    ("qwen2_5_vl", "qwen2_5_vl_text"),
    ("llama4", "llama4_text"),
    ("qwen3_vl", "qwen3_vl_text"),
    ("qwen3_vl_moe", "qwen3_vl_moe_text"),
    ("qwen3_5", "qwen3_5_text"),
    ("qwen3_5_moe", "qwen3_5_moe_text"),
    ("llama3", "llama"),
    ("xlm-roberta", "roberta"),
    ("camembert", "roberta"),
    ("kimi_k2", "deepseek_v3"),
];

/// The types of models whose files are read.
pub(super) fn types() -> Vec<&'static str> {
    let older = OLDER.iter().map(|(older, _)| *older).filter(|older| !SEEING.contains(older));
    TYPES.iter().map(|(name, _)| *name).chain(older).chain(SEEING).collect()
}

/// The type under which the sizes of a part are known.
pub(super) fn readable(model_type: &str) -> &str {
    OLDER.iter().find(|(older, _)| *older == model_type).map_or(model_type, |(_, newer)| newer)
}
