//! Configuration files as Hugging Face writes them: the same sizes as the published table, and a clear word
//! on what is wrong with a bad one.

use concepts::budget::words::Quantity;
use concepts::budget::{
    BudgetError, Dtype, ModelConfig, cache_bytes, find, from_huggingface, largest_context, parameters,
    read_huggingface,
};

const OVERFLOW: BudgetError = BudgetError::Overflow { what: Quantity::Cache };

/// The fields of each file that matter, and the published model it must agree with.
const FILES: [(&str, &str); 12] = [
    (
        "llama-2-70b",
        r#"{"model_type":"llama","hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":28672,"vocab_size":32000,"max_position_embeddings":4096,"tie_word_embeddings":false}"#,
    ),
    (
        "mistral-7b",
        r#"{"model_type":"mistral","hidden_size":4096,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,"intermediate_size":14336,"vocab_size":32000,"max_position_embeddings":32768,"sliding_window":4096}"#,
    ),
    (
        "mixtral-8x7b",
        r#"{"model_type":"mixtral","hidden_size":4096,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,"intermediate_size":14336,"vocab_size":32000,"num_local_experts":8,"num_experts_per_tok":2,"sliding_window":null}"#,
    ),
    (
        "qwen2.5-7b",
        r#"{"model_type":"qwen2","hidden_size":3584,"num_hidden_layers":28,"num_attention_heads":28,"num_key_value_heads":4,"intermediate_size":18944,"vocab_size":152064,"sliding_window":131072,"use_sliding_window":false}"#,
    ),
    (
        "qwen3-32b",
        r#"{"model_type":"qwen3","hidden_size":5120,"head_dim":128,"num_hidden_layers":64,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":25600,"vocab_size":151936}"#,
    ),
    (
        "gemma-2-2b",
        r#"{"model_type":"gemma2","hidden_size":2304,"head_dim":256,"num_hidden_layers":26,"num_attention_heads":8,"num_key_value_heads":4,"intermediate_size":9216,"vocab_size":256128,"sliding_window":4096}"#,
    ),
    (
        "gemma-3-4b",
        r#"{"model_type":"gemma3_text","hidden_size":2560,"head_dim":256,"num_hidden_layers":34,"num_attention_heads":8,"num_key_value_heads":4,"intermediate_size":10240,"vocab_size":262144,"sliding_window":1024}"#,
    ),
    (
        "falcon-7b",
        r#"{"model_type":"falcon","hidden_size":4544,"num_hidden_layers":32,"num_attention_heads":71,"vocab_size":65024,"multi_query":true}"#,
    ),
    (
        "falcon-40b",
        r#"{"model_type":"falcon","hidden_size":8192,"num_hidden_layers":60,"num_attention_heads":128,"num_kv_heads":8,"vocab_size":65024,"new_decoder_architecture":true}"#,
    ),
    (
        "gpt-2-small",
        r#"{"model_type":"gpt2","n_embd":768,"n_layer":12,"n_head":12,"vocab_size":50257,"n_positions":1024,"n_inner":null}"#,
    ),
    (
        "bert-base",
        r#"{"model_type":"bert","hidden_size":768,"num_hidden_layers":12,"num_attention_heads":12,"intermediate_size":3072,"vocab_size":30522,"max_position_embeddings":512}"#,
    ),
    (
        "deepseek-v3",
        r#"{"model_type":"deepseek_v3","hidden_size":7168,"num_hidden_layers":61,"num_attention_heads":128,"num_key_value_heads":128,"intermediate_size":18432,"moe_intermediate_size":2048,"n_routed_experts":256,"n_shared_experts":1,"num_experts_per_tok":8,"first_k_dense_replace":3,"q_lora_rank":1536,"kv_lora_rank":512,"qk_nope_head_dim":128,"qk_rope_head_dim":64,"v_head_dim":128,"vocab_size":129280}"#,
    ),
];

fn read(text: &str) -> ModelConfig {
    from_huggingface(text, "config.json").unwrap()
}

#[test]
fn files_give_the_sizes_of_the_table() {
    for (id, text) in FILES {
        let (file, table) = (read(text), &find(id).unwrap().config);
        assert_eq!(parameters(&file).unwrap(), parameters(table).unwrap(), "{id}");
        for context in [1, 4096, 40_000] {
            let bytes = |config| cache_bytes(config, Dtype::Bf16, context, 2).unwrap();
            assert_eq!(bytes(&file), bytes(table), "{id}, {context} tokens");
        }
    }
}

/// The whole file of Qwen2.5 7B, with all that has nothing to do with its size.
#[test]
fn a_file_as_it_is_published_is_the_row_of_the_table() {
    let (file, table) =
        (read(include_str!("../../fixtures/model/qwen2.5-7b.json")), find("qwen2.5-7b").unwrap());
    assert_eq!(ModelConfig { name: table.config.name.clone(), ..file }, table.config);
    assert_eq!(Some(parameters(&table.config).unwrap().total()), table.parameters);
}

#[test]
fn the_head_dimension_of_the_file_wins_over_division() {
    assert_eq!(read(FILES[4].1).head_dim, 128);
    assert_eq!(read(FILES[0].1).head_dim, 128); // 8192 / 64
}

#[test]
fn what_is_wrong_with_a_file_is_named() {
    let llama = |change: (&str, &str)| FILES[0].1.replace(change.0, change.1);
    let cases = [
        ("".to_string(), "not readable as a JSON object"),
        ("[1, 2]".to_string(), "holds no object"),
        (FILES[0].1[..40].to_string(), "not readable as a JSON object"),
        ("{}".to_string(), "\"model_type\" is missing"),
        (llama(("\"llama\"", "\"theta\"")), "model_type \"theta\" is not known"),
        (llama(("\"llama\"", "\"zamba2\"")), "model_type \"zamba2\" is not counted: layers of attention"),
        // Of a type that transformers has no class for there are no defaults.
        (
            llama(("\"llama\"", "\"deepseek\"")).replace("\"vocab_size\":32000,", ""),
            "\"vocab_size\" is missing",
        ),
        (
            llama(("\"hidden_size\":8192", "\"hidden_size\":\"wide\"")),
            "\"hidden_size\" is \"wide\", but must be a whole number",
        ),
        (llama(("\"hidden_size\":8192", "\"hidden_size\":-8192")), "is -8192"),
        (llama(("_embeddings\":false", "_embeddings\":\"no\"")), "must be true or false"),
        (
            llama(("key_value_heads\":8", "key_value_heads\":7")),
            "my.json: 64 query heads cannot share 7 key/value heads",
        ),
        (llama(("key_value_heads\":8", "key_value_heads\":0")), "cannot share 0"),
        (" ".repeat(10_000_001), "is no configuration"),
    ];
    for (text, wanted) in cases {
        let error = from_huggingface(&text, "my.json").unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

/// LLaMA-2 70B with one field of another value, or one more.
fn llama_with(field: &str, value: &str) -> Result<ModelConfig, BudgetError> {
    let mut fields: serde_json::Value = serde_json::from_str(FILES[0].1).unwrap();
    fields[field] = serde_json::from_str(value).unwrap();
    from_huggingface(&fields.to_string(), "my.json")
}

#[test]
fn a_size_that_no_model_has_is_an_error_and_no_panic() {
    let most = u64::MAX.to_string();
    for (field, value, wanted) in [
        ("hidden_size", "1099511627776", "must be between 1 and 16777216"),
        ("head_dim", most.as_str(), "head_dim is 18446744073709551615"),
        ("head_dim", "0", "head_dim is 0"),
        ("intermediate_size", most.as_str(), "d_ff is"),
        ("vocab_size", "0", "the vocabulary is 0"),
        ("num_hidden_layers", "0", "the number of layers is 0"),
        ("num_attention_heads", "0", "\"head_dim\" is missing"),
        ("num_attention_heads", "96", "which 96 heads do not divide"),
    ] {
        let error = llama_with(field, value).unwrap_err().to_string();
        assert!(error.contains(wanted), "{field}: {error}");
    }
}

#[test]
fn a_token_uses_no_more_experts_than_there_are() {
    let mixtral = |change: &str| FILES[2].1.replace("per_tok\":2", change);
    for change in ["per_tok\":9", "per_tok\":0"] {
        let error = from_huggingface(&mixtral(change), "my.json").unwrap_err().to_string();
        assert!(error.contains("must be between 1 and 8"), "{error}");
    }
}

#[test]
fn the_largest_sizes_that_are_read_do_not_overflow_a_counter() {
    let most = (1 << 24).to_string();
    let mut fields: serde_json::Value = serde_json::from_str(FILES[11].1).unwrap();
    for (_, value) in fields.as_object_mut().unwrap().iter_mut().filter(|(_, value)| value.is_number()) {
        *value = serde_json::from_str(&most).unwrap();
    }
    fields["first_k_dense_replace"] = 3.into();
    let config = read(&fields.to_string());
    assert!(matches!(parameters(&config), Err(BudgetError::Overflow { .. })));
    assert!(cache_bytes(&config, Dtype::Bf16, u64::MAX, 1).is_err());
    let endless = llama_with("max_position_embeddings", &u64::MAX.to_string()).unwrap();
    assert_eq!(largest_context(&endless, Dtype::Bf16, 1, 80 << 30), Err(OVERFLOW));
}

#[test]
fn what_a_family_leaves_to_the_file_is_read() {
    // Four vectors of biases in each of 80 layers: queries, keys, values, output.
    let plain = parameters(&read(FILES[0].1)).unwrap().total();
    let biased = parameters(&llama_with("attention_bias", "true").unwrap()).unwrap().total();
    assert_eq!(biased - plain, 80 * (8192 + 1024 + 1024 + 8192));

    // Falcon-RW-1B, whose halves come one after the other, with biases and two norms. By hand: 50304·2048
    // + 24·(12·2048² + 9·2048 + 4·2048) + 2·2048.
    let text = r#"{"model_type":"falcon","hidden_size":2048,"num_hidden_layers":24,"num_attention_heads":32,"vocab_size":50304,"multi_query":false,"parallel_attn":false,"bias":true,"alibi":true}"#;
    assert_eq!(parameters(&read(text)).unwrap().total(), 1_311_625_216);

    // Qwen1.5-MoE-A2.7B, with one wide shared expert behind a gate: 14.3 billion, of which 2.7 are active.
    // By hand: 2·151936·2048 + 2048 + 24·(4·2048² + 3·2048 + 2·2048 + 60·2048 + 2048 + 3·2048·(60·1408 + 5632)).
    let text = r#"{"model_type":"qwen2_moe","hidden_size":2048,"num_hidden_layers":24,"num_attention_heads":16,"num_key_value_heads":16,"intermediate_size":5632,"moe_intermediate_size":1408,"shared_expert_intermediate_size":5632,"num_experts":60,"num_experts_per_tok":4,"vocab_size":151936,"tie_word_embeddings":false,"use_sliding_window":false,"sliding_window":32768}"#;
    let counted = parameters(&read(text)).unwrap();
    assert_eq!(counted.total(), 14_315_784_192);
    assert_eq!((counted.active() as f64 / 1e8).round() / 10.0, 2.7);
}

/// Sizes of whole models, as transformers counts them from the published files.
#[test]
fn files_as_people_have_them_give_the_published_sizes() {
    for (text, wanted) in [
        (r#"{"model_type":"gpt2","n_embd":768,"n_layer":12,"n_head":12,"vocab_size":50257}"#, 124_439_808),
        (r#"{"model_type":"bert","type_vocab_size":16}"#, 109_492_992),
        // Gemma 3 4B with what reads images.
        (
            r#"{"model_type":"gemma3","text_config":{"model_type":"gemma3_text","hidden_size":2560,"intermediate_size":10240,"num_hidden_layers":34,"sliding_window":1024},"vision_config":{"model_type":"siglip_vision_model","hidden_size":1152,"intermediate_size":4304,"num_hidden_layers":27,"num_attention_heads":16,"image_size":896,"patch_size":14,"vision_use_head":false}}"#,
            4_300_079_472,
        ),
        // Falcon2 11B: one norm for attention and network side by side.
        (
            r#"{"model_type":"falcon","hidden_size":4096,"num_hidden_layers":60,"num_attention_heads":32,"num_kv_heads":8,"ffn_hidden_size":16384,"vocab_size":65024,"new_decoder_architecture":true,"num_ln_in_parallel_attn":1,"parallel_attn":true,"bias":false,"tie_word_embeddings":false}"#,
            11_102_822_400,
        ),
        (r#"{"model_type":"deepseek_v3"}"#, 671_026_404_352),
    ] {
        assert_eq!(parameters(&read(text)).unwrap().total(), wanted, "{text}");
    }
}

/// Null is false, as it is in the code that builds the model.
#[test]
fn a_flag_that_is_null_is_off() {
    let falcon = |flags: &str| {
        let text = format!(
            r#"{{"model_type":"falcon","hidden_size":48,"num_hidden_layers":5,"num_attention_heads":6,"vocab_size":101,{flags}}}"#
        );
        parameters(&read(&text)).unwrap().total()
    };
    assert_eq!(falcon(r#""multi_query":null"#), falcon(r#""multi_query":false"#));
    assert_eq!(falcon(r#""parallel_attn":null"#), falcon(r#""parallel_attn":false"#));
    assert_ne!(falcon(r#""multi_query":null"#), falcon(r#""multi_query":true"#));
    assert_ne!(falcon(r#""parallel_attn":null"#), falcon(r#""parallel_attn":true"#));
}

/// Whatever of the file is not used and could matter is named; what says nothing about sizes is not.
#[test]
fn what_of_a_file_is_not_used_is_named() {
    let text = r#"{"model_type":"llama","magic":3,"off":false,"none":null,"torch_dtype":"bfloat16",
        "quantization_config":{"bits":4},"layer_types":["full_attention"],"rope_theta":1e4}"#;
    let found = read_huggingface(text, "config.json").unwrap();
    assert_eq!(found.unused, ["layer_types", "magic", "quantization_config"]);
    assert!(found.assumed.contains(&("num_key_value_heads".into(), "32".into())), "{:?}", found.assumed);
    assert_eq!(found.not_counted, Vec::<String>::new());

    // A tower of a type that is not known is a part that is not counted.
    let text = r#"{"model_type":"llava","text_config":{"model_type":"llama"},
        "vision_config":{"model_type":"eyes","hidden_size":3},"audio_config":{"model_type":"ears","d_model":8}}"#;
    let found = read_huggingface(text, "config.json").unwrap();
    assert_eq!(found.not_counted, ["vision_config", "audio_config"]);
    assert_eq!(parameters(&found.config).unwrap().total(), 6_738_415_616);
}

#[test]
fn the_whole_decides_about_the_embedding_where_transformers_lets_it() {
    let tied = |kind: &str, outer: &str, inner: bool| {
        let text = format!(
            r#"{{"model_type":"{kind}",{outer}"text_config":{{"model_type":"llama","tie_word_embeddings":{inner}}}}}"#
        );
        read(&text).tied
    };
    let off = r#""tie_word_embeddings":false,"#;
    assert!(tied("mistral3", "", false) && !tied("mistral3", off, true));
    assert!(!tied("llava", off, false) && tied("llava", off, true));
}

#[test]
fn a_short_file_of_gemma_has_the_defaults_of_its_family() {
    let text = r#"{"model_type":"gemma3_text","hidden_size":2560,"intermediate_size":10240,"num_hidden_layers":34,"sliding_window":1024}"#;
    let (file, table) = (read(text), &find("gemma-3-4b").unwrap().config);
    assert_eq!((file.heads, file.kv_heads, file.head_dim, file.context), (8, 4, 256, 131_072));
    // 64 more rows of vocabulary than the paper, for images.
    let more = parameters(&file).unwrap().total() - parameters(table).unwrap().total();
    assert_eq!(more, 64 * 2560);
}

#[test]
fn an_unknown_model_suggests_the_nearest() {
    let error = find("lama-2-7b").unwrap_err().to_string();
    assert!(error.contains("llama-2-7b"), "{error}");
}
