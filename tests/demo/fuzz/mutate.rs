//! Small files of every reader, and what is done to them.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use demos::kit::lesson::Lesson;
use rand::Rng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};

const CONFIG: &str = r#"{"_name_or_path": "x/y", "model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 128, "vocab_size": 100, "max_position_embeddings": 512, "sliding_window": null, "tie_word_embeddings": true, "layer_types": ["full_attention", "sliding_attention"]}"#;
const LATENT: &str = r#"{"model_type": "deepseek_v3", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "kv_lora_rank": 16, "q_lora_rank": 24, "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 8, "intermediate_size": 128, "moe_intermediate_size": 32, "n_routed_experts": 8, "n_shared_experts": 1, "num_experts_per_tok": 2, "first_k_dense_replace": 1, "vocab_size": 100}"#;
const HYBRID: &str = r#"{"model_type": "falcon_h1", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "intermediate_size": 128, "vocab_size": 100, "mamba_d_ssm": 64, "mamba_n_heads": 8, "mamba_d_head": 8, "mamba_d_state": 16, "max_position_embeddings": 512}"#;
const BLOCKS: &str = r#"{"model_type": "nemotron_h", "hidden_size": 64, "num_attention_heads": 4, "head_dim": 8, "intermediate_size": 128, "vocab_size": 100, "hybrid_override_pattern": "M-M*E", "ssm_state_size": 16, "mamba_num_heads": 4, "mamba_head_dim": 8, "n_groups": 2}"#;
const ROPES: [&str; 3] = [
    r#"{"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "max_position_embeddings": 512, "rope_theta": 1e6, "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 128, "mscale": 0.7, "mscale_all_dim": 0.7, "beta_fast": 32, "truncate": false}}"#,
    r#"{"model_type": "phi3", "hidden_size": 64, "num_attention_heads": 8, "max_position_embeddings": 512, "original_max_position_embeddings": 128, "rope_scaling": {"type": "longrope", "short_factor": [1, 1, 1, 1], "long_factor": [1, 1.5, 3, 8]}}"#,
    r#"{"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "max_position_embeddings": 512, "rope_parameters": {"rope_type": "llama3", "rope_theta": 5e5, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 128}}"#,
];
const UNIGRAM: &str = r#"{"added_tokens": [{"id": 4, "content": "<x>", "special": true, "lstrip": true}], "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}, {"type": "Prepend", "prepend": "▁"}]}, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁"}, "decoder": {"type": "Metaspace", "replacement": "▁"}, "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<x>", "type_id": 0}}], "special_tokens": {"<x>": {"id": "<x>", "ids": [4], "tokens": ["<x>"]}}}, "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["a", -1.0], ["▁", -2.0], ["aa", -1.5]]}}"#;
const WORDPIECE: &str = r###"{"normalizer": {"type": "BertNormalizer", "lowercase": true}, "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "\\p{N}"}, "behavior": "Isolated", "invert": false}, {"type": "BertPreTokenizer"}]}, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true}, "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "a": 1, "##b": 2, "l": 3, "##o": 4}}}"###;
const BPE: &str = r#"{"added_tokens": [{"id": 5, "content": "\u001b[31m", "special": false, "single_word": true}], "model": {"type": "BPE", "unk_token": "?", "fuse_unk": true, "byte_fallback": false, "vocab": {"?": 0, "l": 1, "o": 2, "w": 3, "lo": 4}, "merges": [["l", "o"]]}}"#;
const LOGITS: [&str; 8] = [
    "{\"the\": 2.1, \" cat\": -Infinity}",
    "1 2 3\n4 5 -inf\n",
    "[2.5, 1, -0.3, \"-inf\", 4]",
    "1e4\n-1e4\n0\n",
    "[[ 1.5 -0.2\n 3. ]]",
    "array([1.5, -0.2], dtype=float32)",
    "token,logit\na,1\nb,-2.5\n",
    "[{\"top_logprobs\": [{\"token\": \"a\", \"logprob\": -0.1}, {\"token\": \"b\", \"logprob\": -2}]}]",
];
const SCORES: [&str; 3] = [
    "size,correct,total\n1e8,0,20\n1e9,1,20\n1e10,9,20\n",
    "compute;correct;total;log_likelihood\n1e21;3;50;-9,5\n1e23;40;50;-2,5\n",
    "name\tsize\tcorrect\ttotal\na\t7B\t0\t1\nb\t8e9\t1\t1\n",
];
const RUNS: [&str; 3] = [
    "N,D,loss\n1e8,2e9,3.4\n2e8,4e9,3.1\n4e8,8e9,2.9\n8e8,1.6e10,2.7\n1.6e9,3.2e10,2.55\n3.2e9,6.4e10,2.4\n6.4e9,1.3e11,2.3\n",
    "params;flops;loss\n70M;1e19;3,6\n160M;1e19;3,5\n410M;1e20;3,0\n1B;1e20;3,1\n1.4B;1e21;2,6\n7B;1e21;2,7\n",
    ",Params (M),Tokens (B),loss\n0,100,2,3.4\n1,200,4,3.1\n2,400,8,2.9\n3,800,16,2.7\n4,1600,32,2.55\n5,3200,64,2.4\n6,6400,130,2.3\n",
];
const PAIRS: [&str; 3] = [
    "image,a,b\nx,0.5,0.1\ny,0.2,0.4\n",
    "a;b;c\n3,5;0;1\n1;7;-2\n0;0,5;2\n",
    ",0,1,2\n0,0.5,0.1,0\n1,0.2,0.4,0\n2,0,0.1,0.3\n",
];
const EMBEDDINGS: [&str; 3] = ["x,y\n1,0\n0,1\n1,1\n", "name;x;y\na;2;0,1\nb;0,1;3\nc;1;1,2\n", "x\n1\n-2\n"];
const PREFS: [&str; 4] = [
    "winner,loser,judge\nred,blue,x\nblue,red,y\nred,green,x\ngreen,red,z\n",
    "chosen;rejected\na;b\nb;a\na;b\n",
    "loser\twinner\n1\t2\n2\t3\n3\t1\n",
    "model_a,model_b,winner\nx,y,model_a\ny,x,model_a\nx,y,tie\n",
];
const TABLES: [&str; 4] = [
    "a,b,y\n1,2,3\n2,1,4\n3,5,9\n4,4,8\n5,7,13\n",
    "x\tconstant\ty\n0.5\t1\t-1\n1e3\t1\t2\n-7\t1\t0\n",
    ",a,b,y,\n1,0.5,7,-1,\n2,3,1,2,\n3,\"1,250\",0,4,\n",
    "\"name, of it\";y\nred;1,5\nblue;-2\n",
];

/// Put in somewhere: ends of ranges, signs of JSON, what a terminal obeys, bytes that are no text.
const PIECES: [&[u8]; 26] = [
    b"0",
    b"-1",
    b"1e308",
    b"1e999",
    b"-0.0",
    b"4294967295",
    b"4294967296",
    b"18446744073709551615",
    b"null",
    b"true",
    b"\"\"",
    b"[]",
    b"{}",
    b"[[[[[[[[",
    b",",
    b"\\u001b[31m",
    b"\\ud800",
    b"\xff\xfe",
    b"\x00",
    b"\x1b]0;x\x07",
    b"\xe2\x80\xae",
    b"\xef\xbf\xbe",
    b"NaN",
    b"\n\n",
    b"\"type\": \"Sequence\"",
    b"\xc2\x9b",
];

/// A broken file of a reader of the library.
pub(crate) struct Broken {
    pub knob: &'static str,
    pub text: String,
}

impl Broken {
    pub(crate) fn draw(rng: &mut impl Rng, _: bool) -> Broken {
        let knob = *["config", "load"].choose(rng).unwrap();
        let mut bytes = seed("", knob, rng);
        // Half of them stay JSON, so that what lies behind the parser is reached.
        if rng.random_bool(0.5) {
            let mut value = serde_json::from_slice(&bytes).unwrap();
            (0..rng.random_range(1..5)).for_each(|_| replace(&mut value, rng));
            bytes = value.to_string().into_bytes();
        } else {
            (0..rng.random_range(1..10)).for_each(|_| mutate(&mut bytes, rng));
        }
        Broken { knob, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

impl Display for Broken {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "--{}: {}", self.knob, self.text.escape_debug())
    }
}

/// The path of a file that a knob reads: as it should be, changed here and there, or none at all.
pub(crate) fn file(lesson: &Lesson, knob: &str, folder: &Path, rng: &mut impl Rng) -> String {
    match rng.random_range(0..30) {
        0 => return "/dev/zero".into(),
        1 => return folder.display().to_string(),
        2 => return "no/such\u{1b}[31m\n".into(),
        _ => {}
    }
    let mut bytes = seed(lesson.card.name, knob, rng);
    for _ in 0..[0, 1, 1, 2, 4, 12].choose(rng).copied().unwrap_or(1) {
        mutate(&mut bytes, rng);
    }
    let name = ["x.json", "\u{1b}[31m.txt", "我的 文件\n", "a|<b>"].choose(rng).unwrap();
    let path = folder.join(format!("{knob}-{name}"));
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn seed(lesson: &str, knob: &str, rng: &mut impl Rng) -> Vec<u8> {
    let text = match (lesson, knob) {
        ("rope", "config") => ROPES.choose(rng).unwrap().to_string(),
        (_, "config") => [CONFIG, LATENT, HYBRID, BLOCKS].choose(rng).unwrap().to_string(),
        (_, "load") => [UNIGRAM, WORDPIECE, BPE].choose(rng).unwrap().to_string(),
        (_, "logits") => LOGITS.choose(rng).unwrap().to_string(),
        (_, "runs") => RUNS.choose(rng).unwrap().to_string(),
        (_, "csv") => TABLES.choose(rng).unwrap().to_string(),
        (_, "similarities") => PAIRS.choose(rng).unwrap().to_string(),
        (_, "image-embeddings" | "text-embeddings") => EMBEDDINGS.choose(rng).unwrap().to_string(),
        (_, "prefs") => PREFS.choose(rng).unwrap().to_string(),
        (_, "scores") => SCORES.choose(rng).unwrap().to_string(),
        _ => corpus(rng),
    };
    text.into_bytes()
}

/// Texts that a trainer may find odd: one character, one word, one line, many characters, nothing but blanks.
fn corpus(rng: &mut impl Rng) -> String {
    let times = *[1, 20, 300, 2000].choose(rng).unwrap();
    let piece = ["x", "ab ", "雪 ", "abcdefghijklmnopqrstu", "a\n\n", " ", "\u{1b}[2J y ", "é\u{301}ﬁ "]
        .choose(rng)
        .unwrap();
    let many = || (0..times).filter_map(|i| char::from_u32(0x4e00 + i as u32)).collect();
    if rng.random_bool(0.1) { many() } else { piece.repeat(times) }
}

/// One change: a piece put in, cut out, said twice, or put in the place of a number; a byte turned; an end cut off.
fn mutate(bytes: &mut Vec<u8>, rng: &mut impl Rng) {
    let at = rng.random_range(0..=bytes.len());
    let end = (at + rng.random_range(0..24)).min(bytes.len());
    match rng.random_range(0..6) {
        0 => drop(bytes.splice(at..at, PIECES.choose(rng).unwrap().iter().copied())),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let twice = bytes[at..end].repeat(rng.random_range(1..6));
            bytes.splice(at..at, twice);
        }
        3 if at < bytes.len() => bytes[at] ^= 1 << rng.random_range(0..8),
        4 => {
            let digit =
                bytes[at..].iter().position(u8::is_ascii_digit).map_or(bytes.len(), |offset| at + offset);
            let digits = bytes[digit..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            bytes.splice(digit..digit + digits, PIECES.choose(rng).unwrap().iter().copied());
        }
        _ => bytes.truncate(at.max(bytes.len() / 2)),
    }
}

/// One value of a JSON text becomes another, goes, or comes twice.
fn replace(value: &mut Value, rng: &mut impl Rng) {
    let deeper = rng.random_bool(0.85);
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let at = rng.random_range(0..fields.len());
            let name = fields.keys().nth(at).cloned().unwrap_or_default();
            match rng.random_range(0..20) {
                0 => drop(fields.remove(&name)),
                1 => drop(fields.insert("\u{1b}[2J".into(), odd(rng))),
                _ => fields.values_mut().skip(at).take(1).for_each(|inner| replace(inner, rng)),
            }
        }
        Value::Array(list) if deeper && !list.is_empty() => {
            let at = rng.random_range(0..list.len());
            match rng.random_range(0..20) {
                0 => drop(list.remove(at)),
                1 => list.insert(at, list[at].clone()),
                2 => list.insert(at, odd(rng)),
                _ => replace(&mut list[at], rng),
            }
        }
        other => *other = odd(rng),
    }
}

fn odd(rng: &mut impl Rng) -> Value {
    let long = "a".repeat(300);
    let all = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(4),
        json!(0.5),
        json!(-0.0),
        json!(1e308),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!(" "),
        json!("a"),
        json!("aa"),
        json!("▁"),
        json!("\u{1b}]0;x\u{7}"),
        json!("\u{0}\u{fffe}"),
        json!("<0x41>"),
        json!(long),
        json!([]),
        json!({}),
        json!([["a", "a"]]),
        json!({"type": "Sequence", "normalizers": []}),
        json!("NFKD"),
        json!("Replace"),
        json!("(?=a)|\\p{L}+"),
        json!("(a*)*b"),
        json!("llama"),
        json!("gemma2"),
        json!("t5"),
        json!("qwen3_moe"),
    ];
    all.choose(rng).unwrap().clone()
}
