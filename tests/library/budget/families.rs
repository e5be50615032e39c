//! Configuration files of every family against the models that transformers builds from them.

use concepts::budget::{ModelConfig, from_huggingface, parameters};
use serde_json::Value;

/// The cases of the fixture: name, file, parameters, window of each layer that caches.
fn cases() -> Vec<(String, Value, u64, Option<Vec<u64>>)> {
    let fixture: Value = serde_json::from_str(include_str!("../../fixtures/model/configs.json")).unwrap();
    let cases = fixture["cases"].as_array().unwrap().iter();
    cases
        .map(|case| {
            let windows =
                case["windows"].as_array().map(|all| all.iter().map(|size| size.as_u64().unwrap()).collect());
            let name = case["name"].as_str().unwrap().to_string();
            (name, case["config"].clone(), case["parameters"].as_u64().unwrap(), windows)
        })
        .collect()
}

fn read(file: &Value) -> ModelConfig {
    from_huggingface(&file.to_string(), "config.json").unwrap()
}

/// Layers that see everything, layers with a window, and its size.
fn windows_of(config: &ModelConfig) -> (u64, u64, Option<u64>) {
    let (full, windowed) = config.full_and_windowed_layers();
    (full, windowed, config.window.map(|window| window.size))
}

fn expected(windows: &[u64]) -> (u64, u64, Option<u64>) {
    let windowed: Vec<u64> = windows.iter().copied().filter(|&size| size > 0).collect();
    ((windows.len() - windowed.len()) as u64, windowed.len() as u64, windowed.first().copied())
}

#[test]
fn parameters_are_those_of_the_model_that_transformers_builds() {
    let cases = cases();
    assert!(cases.len() >= 40);
    for (name, file, wanted, _) in cases {
        assert_eq!(parameters(&read(&file)).unwrap().total(), wanted, "{name}");
    }
}

#[test]
fn windows_are_those_of_transformers_layer_by_layer() {
    for (name, file, _, windows) in cases() {
        let Some(windows) = windows else { continue };
        assert_eq!(windows_of(&read(&file)), expected(&windows), "{name}");
    }
}

/// Older files do not list their layers: the family's own pattern says the same.
#[test]
fn a_file_that_does_not_list_its_layers_follows_the_pattern_of_its_family() {
    for (name, mut file, _, windows) in cases() {
        let Some(windows) = windows.filter(|_| !name.ends_with("layer_types")) else { continue };
        file.as_object_mut().unwrap().remove("layer_types");
        assert_eq!(windows_of(&read(&file)), expected(&windows), "{name}");
    }
}

/// A case's file; its layers are not listed unless that is what the case is about.
fn case(name: &str) -> Value {
    let mut file = cases().into_iter().find(|case| case.0 == name).unwrap().1;
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
    assert_eq!(windows_of(&without("mistral", "sliding_window")), (0, 5, Some(4096)));
    assert_eq!(windows_of(&null("mistral", "sliding_window")), (5, 0, None));
    assert_eq!(windows_of(&without("mixtral", "sliding_window")), (5, 0, None));
    assert_eq!(windows_of(&without("gemma2", "sliding_window")), (2, 3, Some(4096)));
    assert_eq!(windows_of(&without("qwen2, upper layers", "max_window_layers")), (5, 0, None));
    assert_eq!(windows_of(&without("qwen2, upper layers", "use_sliding_window")), (5, 0, None));
    assert_eq!(without("qwen3", "head_dim").head_dim, 128);
    assert_eq!(null("llama, head_dim", "head_dim").head_dim, 8);
    assert_eq!(without("t5, deeper decoder", "num_decoder_layers").layers, 2);
}

#[test]
fn what_is_wrong_with_a_list_is_named() {
    for (name, field, value, wanted) in [
        ("qwen2, layer_types", "layer_types", r#""full_attention""#, "a list of words"),
        ("qwen2, layer_types", "layer_types", r#"["full_attention"]"#, "one word for each layer"),
        ("qwen2, layer_types", "layer_types", r#"[1,2,3,4,5]"#, "a list of \"full_attention\""),
        ("gemma2", "layer_types", r#"["linear_attention","a","b","c","d"]"#, "a list of \"full_attention\""),
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
