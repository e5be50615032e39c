//! The rotary embedding of configuration files against what transformers computes from them.

use concepts::budget::{RopeConfig, RopeMethod, rope_of_huggingface};
use concepts::numerics::tolerance::ORACLE_F64;
use concepts::position::rope::{Scaling, YarnRamp};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let fixture: Value = serde_json::from_str(include_str!("../../fixtures/model/rope.json")).unwrap();
    fixture["cases"].as_array().unwrap().clone()
}

fn read(file: &Value) -> RopeConfig {
    rope_of_huggingface(&file.to_string(), "config.json").unwrap().unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The largest difference, as a share of what is expected: the slow ones are near anything.
fn off(found: &[f64], wanted: &[f64]) -> f64 {
    assert_eq!(found.len(), wanted.len());
    found.iter().zip(wanted).map(|(found, wanted)| (found / wanted - 1.0).abs()).fold(0.0, f64::max)
}

#[test]
fn frequencies_and_factors_are_those_of_transformers() {
    let cases = cases();
    assert!(cases.len() >= 20);
    for case in cases {
        let (name, rope) = (&case["name"], read(&case["config"]));
        for (length, wanted) in numbers(&case["lengths"]).iter().zip(case["inv_freq"].as_array().unwrap()) {
            let found = rope.frequencies(*length as usize).unwrap();
            let off = off(&found, &numbers(wanted));
            assert!(off <= ORACLE_F64, "{name} at {length}: {off}");
        }
        for (found, wanted) in
            [(rope.attention_factor, &case["attention_factor"]), (rope.score_factor, &case["score_factor"])]
        {
            let off = off(&[found], &[wanted.as_f64().unwrap()]);
            assert!(off <= ORACLE_F64, "{name}: {found} instead of {wanted}");
        }
    }
}

/// The control: the paper's ramp is not that of the reference, and neither is the rounded one where a file
/// says that it is not rounded.
#[test]
fn another_ramp_would_not_agree() {
    for (name, other) in [
        ("qwen2, yarn", YarnRamp::ByRotations),
        ("gpt_oss, not truncated", YarnRamp::ByRotations),
        ("gpt_oss, not truncated", YarnRamp::ByIndex),
    ] {
        let case = cases().into_iter().find(|case| case["name"] == name).unwrap();
        let rope = read(&case["config"]);
        let RopeMethod::Scaled(Scaling::Yarn { factor, train_len, alpha, beta, .. }) = rope.method else {
            panic!("{name}: not YaRN");
        };
        let wrong = Scaling::Yarn { factor, train_len, alpha, beta, ramp: other };
        let found = wrong.frequencies(rope.rotary_dim as usize, rope.base).unwrap();
        assert!(off(&found, &numbers(&case["inv_freq"][0])) > 0.01, "{name}");
    }
}

#[test]
fn layers_that_turn_otherwise_are_counted() {
    let others = |text: &str| {
        let others = rope_of_huggingface(text, "my.json").unwrap().unwrap().others;
        (others.of, others.plain, others.local)
    };
    let gemma = r#"{"model_type":"gemma3_text","num_hidden_layers":26,"rope_scaling":{"rope_type":"linear","factor":8}}"#;
    assert_eq!(others(gemma), (26, 0, Some((22, 10_000.0))));
    let smollm = r#"{"model_type":"smollm3","num_hidden_layers":4,"no_rope_layers":[1,1,1,0]}"#;
    assert_eq!(others(smollm), (4, 1, None));
    assert_eq!(others(r#"{"model_type":"llama4_text"}"#), (48, 12, None));
    // Of Cohere's the layers with a window rotate, three of four.
    assert_eq!(others(r#"{"model_type":"cohere2"}"#), (40, 10, None));
    assert_eq!(others(r#"{"model_type":"exaone4","sliding_window":null}"#), (32, 0, None));
    assert_eq!(others(r#"{"model_type":"llama"}"#), (0, 0, None));
}

#[test]
fn what_is_assumed_and_what_is_not_used_is_named() {
    let text = r#"{"model_type":"llama","rope_scaling":{"type":"mrope","mrope_section":[16,24,24]}}"#;
    let rope = rope_of_huggingface(text, "my.json").unwrap().unwrap();
    assert_eq!(rope.unused, ["rope_scaling.mrope_section"]);
    let assumed = |name: &str| rope.assumed.iter().any(|(field, _)| field == name);
    assert!(assumed("max_position_embeddings") && assumed("rope_theta"), "{:?}", rope.assumed);
    let given = r#"{"model_type":"llama","max_position_embeddings":4096}"#;
    let given = rope_of_huggingface(given, "my.json").unwrap().unwrap();
    assert!(given.assumed.iter().all(|(field, _)| field != "max_position_embeddings"), "{:?}", given.assumed);
}

#[test]
fn what_is_wrong_with_an_embedding_is_named() {
    let refused = |scaling: &str| {
        let text = format!(r#"{{"model_type":"llama","rope_scaling":{scaling}}}"#);
        rope_of_huggingface(&text, "my.json").unwrap_err().to_string()
    };
    for (scaling, wanted) in [
        (r#"{"type":"spiral"}"#, "kind \"spiral\" of RoPE is not read; known are default"),
        (
            r#"{"type":"linear","factor":"four"}"#,
            "\"rope_scaling.factor\" is \"four\", but must be a number from",
        ),
        (r#"{"type":"longrope","long_factor":[1]}"#, "\"rope_scaling.short_factor\" is missing"),
        (r#"{"type":"longrope","short_factor":[1,2]}"#, "for each pair"),
        (
            r#"{"type":"llama3","factor":8}"#,
            "\"rope_scaling.low_freq_factor\" is missing; a llama configuration needs it",
        ),
        (r#"{"type":"linear"}"#, "\"rope_scaling.factor\" is missing"),
        (r#"{"type":"dynamic","factor":NaN}"#, "\"rope_scaling.factor\" is NaN, but must be a number"),
        (r#"[1]"#, "must be an object"),
    ] {
        let error = refused(scaling);
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn what_of_an_embedding_is_not_used_is_named() {
    let text = r#"{"model_type":"llama","rope_scaling":{"type":"linear","factor":2,"magic":7}}"#;
    let rope = rope_of_huggingface(text, "config.json").unwrap().unwrap();
    assert_eq!(rope.unused, ["rope_scaling.magic"]);
    // What belongs to another method.
    for (scaling, unused) in [
        (r#"{"type":"default","factor":4,"attention_factor":2}"#, vec!["factor", "attention_factor"]),
        (r#"{"type":"dynamic","alpha":100,"factor":4}"#, vec!["factor"]),
        (
            r#"{"type":"linear","factor":4,"beta_fast":9,"mscale_all_dim":1}"#,
            vec!["beta_fast", "mscale_all_dim"],
        ),
        (r#"{"type":"yarn","factor":4,"beta_fast":9,"mscale":1,"truncate":false}"#, vec![]),
    ] {
        let text = format!(r#"{{"model_type":"llama","rope_scaling":{scaling}}}"#);
        let rope = rope_of_huggingface(&text, "config.json").unwrap().unwrap();
        let unused: Vec<String> = unused.iter().map(|name| format!("rope_scaling.{name}")).collect();
        assert_eq!(rope.unused, unused, "{scaling}");
    }
    let text = r#"{"model_type":"gemma3_text","rope_parameters":{"full_attention":{"rope_type":"default","rope_theta":1e6},"sliding_attention":{"rope_theta":1e4}}}"#;
    let rope = rope_of_huggingface(text, "config.json").unwrap().unwrap();
    assert_eq!((rope.base, rope.unused), (1e6, vec!["rope_parameters.sliding_attention".to_string()]));
    for kind in ["gpt2", "bert", "t5", "jamba", "mamba2", "kimi_linear", "granitemoehybrid", "nemotron_h"] {
        let text = format!(r#"{{"model_type":"{kind}","layer_types":null}}"#);
        assert_eq!(rope_of_huggingface(&text, "config.json").unwrap(), None, "{kind}");
    }
}

/// transformers 5 writes one part, people add the other: the one they add counts, and what it takes the place of is
/// named.
#[test]
fn of_two_parts_one_counts_and_the_other_is_named() {
    let read = |text: &str| rope_of_huggingface(text, "config.json").unwrap().unwrap();
    let rope = read(
        r#"{"model_type":"llama","rope_parameters":{"rope_theta":10000.0,"rope_type":"default"},"rope_scaling":{"type":"linear","factor":4.0}}"#,
    );
    assert_eq!(rope.method, RopeMethod::Scaled(Scaling::Interpolation { factor: 4.0 }));
    assert_eq!(rope.unused, ["rope_parameters.rope_theta", "rope_parameters.rope_type"]);
    assert_eq!(rope.displaced_base, None);
    let rope = read(
        r#"{"model_type":"qwen2","rope_parameters":{"rope_theta":1e6},"rope_scaling":{"type":"linear","factor":4.0}}"#,
    );
    assert_eq!((rope.base, rope.displaced_base), (1e4, Some(1e6)));
    // What both say is not lost.
    let rope = read(
        r#"{"model_type":"llama","rope_theta":2e4,"rope_parameters":{"rope_theta":2e4,"type":"linear","factor":2},"rope_scaling":{"type":"linear","factor":2}}"#,
    );
    assert_eq!((rope.base, rope.unused), (2e4, vec![]));
}

#[test]
fn a_share_is_refused_by_the_name_that_the_file_has() {
    for (text, said) in [
        (
            r#"{"model_type":"gpt_neox","rotary_pct":0.1}"#,
            "\"rotary_pct\" is 0.1, but must be a share with which",
        ),
        (r#"{"model_type":"gpt_neox","rotary_pct":2}"#, "\"rotary_pct\" is 2, but must be a number above 0"),
        (r#"{"model_type":"minimax_m2","rotary_dim":7}"#, "\"rotary_dim\" is 7, but must be an even number"),
        (
            r#"{"model_type":"minimax_m2","rotary_dim":300}"#,
            "\"rotary_dim\" is 300, but must be an even number",
        ),
        (
            r#"{"model_type":"llama","rope_scaling":{"rope_type":"linear","factor":2,"partial_rotary_factor":0.01}}"#,
            "\"rope_scaling.partial_rotary_factor\" is 0.01",
        ),
        // Of the type's own share the width is to blame.
        (r#"{"model_type":"phi","hidden_size":60,"num_attention_heads":4}"#, "\"hidden_size\" is 60"),
    ] {
        let refused = rope_of_huggingface(text, "config.json").unwrap_err().to_string();
        assert!(refused.contains(said), "{refused}");
    }
}

#[test]
fn a_share_that_the_type_does_not_look_at_is_named() {
    for (text, name) in [
        (
            r#"{"model_type":"llama","rope_parameters":{"rope_type":"default","partial_rotary_factor":0.5}}"#,
            "rope_parameters.partial_rotary_factor",
        ),
        (r#"{"model_type":"qwen3","partial_rotary_factor":0.5}"#, "partial_rotary_factor"),
    ] {
        let rope = rope_of_huggingface(text, "config.json").unwrap().unwrap();
        assert_eq!((rope.rotary_dim, rope.unused), (rope.head_dim, vec![name.to_string()]), "{text}");
    }
    for (text, turns, names) in [
        (
            r#"{"model_type":"llama","rotary_pct":0.5,"rotary_dim":64}"#,
            128,
            &["rotary_pct", "rotary_dim"][..],
        ),
        (
            r#"{"model_type":"gpt_neox","partial_rotary_factor":0.5,"rotary_pct":0.25}"#,
            24,
            &["partial_rotary_factor"],
        ),
        (
            r#"{"model_type":"minimax_m2","rotary_dim":64,"rope_parameters":{"rope_type":"default","partial_rotary_factor":0.25}}"#,
            32,
            &["rotary_dim"],
        ),
        // The same in other words.
        (r#"{"model_type":"minimax_m2","rotary_dim":64,"partial_rotary_factor":0.5}"#, 64, &[]),
    ] {
        let rope = rope_of_huggingface(text, "config.json").unwrap().unwrap();
        assert_eq!(
            (rope.rotary_dim, rope.unused),
            (turns, names.iter().map(|s| (*s).to_string()).collect()),
            "{text}"
        );
    }
    let whole = r#"{"model_type":"llama","partial_rotary_factor":1.0}"#;
    assert!(rope_of_huggingface(whole, "config.json").unwrap().unwrap().unused.is_empty());
}

#[test]
fn a_share_that_cannot_be_is_refused_by_its_own_name() {
    for (text, wanted) in [
        (r#"{"model_type":"minimax_m2","head_dim":128,"rotary_dim":129}"#, r#""rotary_dim" is 129"#),
        (r#"{"model_type":"minimax_m2","head_dim":128,"rotary_dim":63}"#, r#""rotary_dim" is 63"#),
        (r#"{"model_type":"gpt_neox","rotary_pct":1.5}"#, r#""rotary_pct" is 1.5"#),
        (r#"{"model_type":"phi","partial_rotary_factor":0.3}"#, r#""partial_rotary_factor" is 0.3"#),
        (r#"{"model_type":"llama","head_dim":9,"partial_rotary_factor":1.0}"#, r#""head_dim" is 9"#),
    ] {
        let refused = rope_of_huggingface(text, "config.json").unwrap_err().to_string();
        assert!(refused.contains(wanted), "{text}: {refused}");
    }
}
