//! Configuration files of every family against the models that transformers builds from them.

use concepts::budget::{
    Dtype, ModelConfig, cache_bytes_with_source, from_huggingface, parameters, read_huggingface,
};
use serde_json::Value;

/// One model of the fixture.
struct Case {
    name: String,
    file: Value,
    parameters: u64,
    /// The window of each layer that caches: 0 for none, -1 where it keeps a state.
    windows: Option<Vec<i64>>,
    /// Numbers in the cache, of the own text and of a source.
    cached: Option<Vec<u64>>,
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../fixtures/model/configs.json")).unwrap()
}

/// The cases of one list of the fixture.
fn listed(list: &str) -> Vec<Case> {
    let fixture = fixture();
    let read = |case: &Value| Case {
        name: case["name"].as_str().unwrap().to_string(),
        file: case["config"].clone(),
        parameters: case["parameters"].as_u64().unwrap(),
        windows: case["windows"]
            .as_array()
            .map(|all| all.iter().map(|size| size.as_i64().unwrap()).collect()),
        cached: case["cached"].as_array().map(|all| all.iter().map(|n| n.as_u64().unwrap()).collect()),
    };
    fixture[list].as_array().unwrap().iter().map(read).collect()
}

fn cases() -> Vec<Case> {
    listed("cases")
}

fn read(file: &Value) -> ModelConfig {
    from_huggingface(&file.to_string(), "config.json").unwrap()
}

/// Layers that see everything, layers with a window, its size, and layers with a state.
fn windows_of(config: &ModelConfig) -> (u64, u64, Option<u64>, u64) {
    let (full, windowed) = config.full_and_windowed_layers();
    let state = config.recurrent.filter(|state| !state.beside).map_or(0, |state| state.layers);
    (full, windowed, config.window.map(|window| window.size), state)
}

fn expected(windows: &[i64]) -> (u64, u64, Option<u64>, u64) {
    let count = |wanted: fn(i64) -> bool| windows.iter().filter(|&&size| wanted(size)).count() as u64;
    let size = windows.iter().find(|&&size| size > 0).map(|&size| size as u64);
    (count(|size| size == 0), count(|size| size > 0), size, count(|size| size < 0))
}

#[test]
fn parameters_are_those_of_the_model_that_transformers_builds() {
    let cases = cases();
    assert!(cases.len() >= 80);
    let count = |case: &Case| parameters(&read(&case.file)).unwrap().total();
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| count(case) != case.parameters)
        .map(|case| format!("{}: {} instead of {}", case.name, count(case), case.parameters))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The whole file as transformers writes it: nothing is assumed, and nothing is left over.
#[test]
fn of_a_whole_file_every_size_is_read_and_none_is_assumed() {
    // Layers that predict further tokens are in DeepSeek's weights, not in transformers' model.
    let left = |field: &String| !field.ends_with("num_nextn_predict_layers");
    // The classes of T5 and BLOOM have no longest context.
    let taken = |field: &String| !["n_positions", "seq_length"].contains(&field.as_str());
    let mut wrong = Vec::new();
    for case in cases() {
        let read = read_huggingface(&case.file.to_string(), "config.json").unwrap();
        let assumed = read.assumed.into_iter().map(|(field, _)| field).filter(taken);
        let unused = read.unused.into_iter().filter(left);
        wrong.extend(unused.chain(assumed).chain(read.not_counted).map(|field| (case.name.clone(), field)));
    }
    // What transformers does not use either.
    let idle = [
        ("qwen3_5, layers that lead nowhere", "vision_config.deepstack_visual_indexes"),
        ("nemotron_h, never tied", "tie_word_embeddings"),
    ];
    assert_eq!(wrong, idle.map(|(name, field)| (name.to_string(), field.to_string())));
}

/// Of Llama 4 the language model decides; the numbers are those of `Llama4ForConditionalGeneration` in transformers 5.24.
#[test]
fn the_half_that_transformers_asks_decides_about_the_output() {
    let file = |outer: bool, inner: bool, vocab: u64| {
        serde_json::json!({
            "model_type": "llama4", "tie_word_embeddings": outer, "text_config": {
                "model_type": "llama4_text", "hidden_size": 64, "intermediate_size": 40, "intermediate_size_mlp": 24,
                "head_dim": 16, "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 1,
                "num_local_experts": 2, "num_experts_per_tok": 1, "moe_layers": [0], "vocab_size": vocab,
                "tie_word_embeddings": inner,
            },
        })
    };
    for (outer, inner, vocab, wanted) in [(true, false, 100, 48_448), (false, true, 131, 44_032)] {
        let read = read_huggingface(&file(outer, inner, vocab).to_string(), "config.json").unwrap();
        assert_eq!(parameters(&read.config).unwrap().total(), wanted);
        assert_eq!(read.unused.contains(&"tie_word_embeddings".to_string()), outer);
    }
}

/// What transformers takes for the fields that are not there is taken, and named.
#[test]
fn a_short_file_is_the_model_that_transformers_builds_from_it() {
    for case in listed("short") {
        let read = read_huggingface(&case.file.to_string(), "config.json").unwrap();
        assert_eq!(parameters(&read.config).unwrap().total(), case.parameters, "{}", case.name);
        let windows = case.windows.map(|windows| expected(&windows));
        assert!(windows.is_none_or(|windows| windows == windows_of(&read.config)), "{}", case.name);
        assert!(!read.assumed.is_empty(), "{}", case.name);
        assert!(read.assumed.iter().all(|(field, _)| case.file.get(field).is_none()), "{}", case.name);
    }
}

/// A cache that a model of transformers has filled: the same numbers, own text and source apart.
#[test]
fn the_cache_holds_what_a_model_of_transformers_holds() {
    let fixture = fixture();
    let [tokens, source] = ["tokens", "source"].map(|field| fixture[field].as_u64().unwrap());
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.cached.is_some()).collect();
    assert!(cases.len() >= 10);
    for case in cases {
        let model = read(&case.file);
        let numbers = |source| cache_bytes_with_source(&model, Dtype::F32, tokens, source, 1).unwrap() / 4;
        let own = numbers(0);
        let mut counted = vec![own];
        if model.cross_attention {
            counted.push(numbers(source) - own);
        }
        assert_eq!(Some(counted), case.cached, "{}", case.name);
    }
}

#[test]
fn windows_are_those_of_transformers_layer_by_layer() {
    for Case { name, file, windows, .. } in cases() {
        let Some(windows) = windows else { continue };
        assert_eq!(windows_of(&read(&file)), expected(&windows), "{name}");
    }
}

/// Types of which every file lists its layers.
const NO_PATTERN: [&str; 3] = ["lfm2", "lfm2_moe", "granitemoehybrid"];

/// Older files do not list their layers: the family's own pattern says the same.
#[test]
fn a_file_that_does_not_list_its_layers_follows_the_pattern_of_its_family() {
    for Case { name, mut file, windows, .. } in cases() {
        let listed =
            ["layer_types", "listed layers", "some dense, biases"].iter().any(|end| name.contains(end))
                || NO_PATTERN.iter().any(|kind| file["model_type"] == *kind);
        let Some(windows) = windows.filter(|_| !listed) else { continue };
        file.as_object_mut().unwrap().remove("layer_types");
        assert_eq!(windows_of(&read(&file)), expected(&windows), "{name}");
    }
}

/// A case's file; its layers are not listed unless that is what the case is about.
fn case(name: &str) -> Value {
    let mut file = cases().into_iter().find(|case| case.name == name).unwrap().file;
    if !name.ends_with("layer_types") {
        file.as_object_mut().unwrap().remove("layer_types");
    }
    file
}

#[test]
fn a_field_that_is_missing_has_the_default_of_its_family_and_null_is_none() {
    let without = |name: &str, field: &str| {
        let mut file = case(name);
        file.as_object_mut().unwrap().remove(field);
        read(&file)
    };
    let null = |name: &str, field: &str| {
        let mut file = case(name);
        file[field] = Value::Null;
        read(&file)
    };
    assert_eq!(windows_of(&without("mistral", "sliding_window")), (0, 5, Some(4096), 0));
    assert_eq!(windows_of(&null("mistral", "sliding_window")), (5, 0, None, 0));
    assert_eq!(windows_of(&without("mixtral", "sliding_window")), (5, 0, None, 0));
    assert_eq!(windows_of(&without("gemma2", "sliding_window")), (2, 3, Some(4096), 0));
    assert_eq!(windows_of(&without("qwen2, upper layers", "max_window_layers")), (5, 0, None, 0));
    assert_eq!(windows_of(&without("qwen2, upper layers", "use_sliding_window")), (5, 0, None, 0));
    assert_eq!(without("qwen3", "head_dim").head_dim, 128);
    assert_eq!(null("llama, head_dim", "head_dim").head_dim, 8);
    assert_eq!(without("t5, deeper decoder", "num_decoder_layers").layers, 2);
}

#[test]
fn what_is_wrong_with_a_list_is_named() {
    for (name, field, value, wanted) in [
        ("qwen2, layer_types", "layer_types", r#""full_attention""#, "a list of words"),
        ("qwen2, layer_types", "layer_types", r#"["full_attention"]"#, "one word for each layer"),
        ("qwen2, layer_types", "layer_types", r#"[1,2,3,4,5]"#, "a list of kinds of layers"),
        ("gemma2", "layer_types", r#"["linear_attention","a","b","c","d"]"#, "a list of kinds of layers"),
        ("gemma3_text, pattern", "sliding_window_pattern", "0", "at least 1"),
        ("qwen3_moe, some dense", "decoder_sparse_step", "0", "at least 1"),
        ("qwen3_moe, some dense", "mlp_only_layers", r#"["3"]"#, "a list of whole numbers"),
        ("qwen3_moe, some dense", "mlp_only_layers", "3", "a list of whole numbers"),
        ("t5, deeper decoder", "num_decoder_layers", "0", "the number of layers is 0"),
        ("llama, mlp_bias", "mlp_bias", "1", "true or false"),
    ] {
        let mut file = case(name);
        file[field] = serde_json::from_str(value).unwrap();
        let error = from_huggingface(&file.to_string(), "my.json").unwrap_err().to_string();
        assert!(error.contains(wanted), "{field}: {error}");
    }
}

#[test]
fn absurd_numbers_of_layers_are_refused_and_not_counted_through() {
    for name in ["qwen3_moe, some dense", "gemma2", "deepseek_v3", "qwen2_moe, every second"] {
        let mut file = case(name);
        file["num_hidden_layers"] = u64::MAX.into();
        let error = from_huggingface(&file.to_string(), "my.json").unwrap_err().to_string();
        assert!(error.contains("the number of layers is 18446744073709551615"), "{error}");
    }
}
