//! The calculators against the published table: parameters exact, cache bytes exact.

use concepts::budget::{BudgetError, Dtype, cache_bytes, find, gb, parameters, published};

#[test]
fn parameters_are_those_of_the_table() {
    for model in published() {
        // Of Gemma 3 only millions are published, see below.
        let Some(wanted) = model.parameters else {
            assert!(model.id.starts_with("gemma-3-"), "{} has no exact count", model.id);
            continue;
        };
        assert_eq!(parameters(&model.config).unwrap().total(), wanted, "{}", model.id);
    }
}

#[test]
fn every_row_says_where_it_comes_from_and_what_nobody_confirms() {
    for model in published() {
        let marks: Vec<&str> = model.source.split(", ").collect();
        assert!(marks.iter().all(|mark| ["T", "L", "D", "N", "none"].contains(mark)), "{}", model.id);
        assert_eq!(model.source == "none", model.unverified == "all", "{}", model.id);
    }
    let unverified = published().iter().filter(|model| !model.unverified.is_empty()).count();
    assert_eq!((published().len(), unverified), (52, 13));
}

#[test]
fn the_name_of_a_family_lists_its_models() {
    for (name, one) in [
        ("通义千问", "qwen2.5-7b"),
        ("百川", "baichuan2-13b"),
        ("智谱", "glm-4-9b"),
        ("ChatGLM", "glm-3-6b"),
        ("深度求索", "deepseek-v3"),
        ("Qwen", "qwen3-8b"),
        ("llama 2", "llama-2-70b"),
    ] {
        let Err(BudgetError::Several { models, .. }) = find(name) else { panic!("{name}") };
        assert!(models.contains(&one.to_string()), "{name}: {models:?}");
    }
    for unknown in ["", "通", "q", "模型"] {
        assert!(matches!(find(unknown), Err(BudgetError::Unknown { .. })), "{unknown}");
    }
}

#[test]
fn parameters_published_in_two_parts_or_in_millions_agree() {
    // Embedding, and all the rest: Gemma 2 Team 2024, table 2; Gemma 3 Team 2025, table 1, in millions.
    for (id, embedding, rest) in [
        ("gemma-2-2b", 590_118_912, 2_024_517_888),
        ("gemma-2-9b", 917_962_752, 8_324_201_984),
        ("gemma-2-27b", 1_180_237_824, 26_047_480_320),
    ] {
        let counted = parameters(&find(id).unwrap().config).unwrap();
        assert_eq!(
            (counted.terms[0].count, counted.total() - counted.terms[0].count),
            (embedding, rest),
            "{id}"
        );
    }
    for (id, millions) in
        [("gemma-3-1b", 698), ("gemma-3-4b", 3209), ("gemma-3-12b", 10_759), ("gemma-3-27b", 25_600)]
    {
        let counted = parameters(&find(id).unwrap().config).unwrap();
        let rest = (counted.total() - counted.terms[0].count) as f64 / 1e6;
        assert_eq!(rest.round() as u64, millions, "{id}: {rest}");
    }
}

#[test]
fn active_parameters_are_those_of_the_experts_in_use() {
    let active = |id: &str| parameters(&find(id).unwrap().config).unwrap().active();
    assert_eq!(active("mixtral-8x7b"), 12_879_925_248);
    assert_eq!(active("qwen3-235b-a22b"), 22_190_763_520);
    assert_eq!(active("deepseek-v2"), 21_375_800_320);
    assert_eq!(active("deepseek-v3"), 37_552_282_624);
}

#[test]
fn cached_bytes_a_token_are_those_of_the_table() {
    let table = [
        ("gpt-2-small", 36_864),
        ("gpt-2-medium", 98_304),
        ("gpt-2-large", 184_320),
        ("gpt-2-xl", 307_200),
        ("gpt-3-175b", 4_718_592),
        ("bert-base", 0),
        ("bert-large", 0),
        ("llama-1-7b", 524_288),
        ("llama-1-13b", 819_200),
        ("llama-1-33b", 1_597_440),
        ("llama-1-65b", 2_621_440),
        ("llama-2-7b", 524_288),
        ("llama-2-13b", 819_200),
        ("llama-2-70b", 327_680),
        ("llama-3.1-8b", 131_072),
        ("llama-3.1-70b", 327_680),
        ("llama-3.1-405b", 516_096),
        ("mistral-7b", 131_072),
        ("mixtral-8x7b", 131_072),
        ("falcon-7b", 8_192),
        ("falcon-40b", 122_880),
        ("palm-540b", 120_832),
        ("qwen2.5-0.5b", 12_288),
        ("qwen2.5-1.5b", 28_672),
        ("qwen2.5-3b", 36_864),
        ("qwen2.5-7b", 57_344),
        ("qwen2.5-14b", 196_608),
        ("qwen2.5-32b", 262_144),
        ("qwen2.5-72b", 327_680),
        ("qwen3-8b", 147_456),
        ("qwen3-32b", 262_144),
        ("qwen3-235b-a22b", 192_512),
        ("deepseek-v2", 69_120),
        ("deepseek-v3", 70_272),
        ("gemma-2-2b", 106_496),
        ("gemma-2-9b", 344_064),
        ("gemma-2-27b", 376_832),
        ("gemma-3-1b", 26_624),
        ("gemma-3-4b", 139_264),
        ("gemma-3-12b", 393_216),
        ("gemma-3-27b", 507_904),
        ("phi-3-mini", 393_216),
        ("phi-4", 204_800),
        ("phi-3-mini-128k", 393_216),
        ("baichuan2-7b", 524_288),
        ("baichuan2-13b", 819_200),
        ("glm-3-6b", 28_672),
        ("glm-4-9b", 40_960),
        ("yi-6b", 65_536),
        ("yi-34b", 245_760),
        // Of an encoder–decoder, a token of its own text and one of the source.
        ("t5-base", 2 * 36_864),
        ("t5-v1.1-base", 2 * 36_864),
    ];
    for (id, bytes) in table {
        assert_eq!(cache_bytes(&find(id).unwrap().config, Dtype::Bf16, 1, 1).unwrap(), bytes, "{id}");
    }
    let missing = published().iter().find(|model| table.iter().all(|(id, _)| *id != model.id));
    assert_eq!(missing, None);
}

#[test]
fn windows_cap_the_cache() {
    for (id, full, windowed) in [
        ("gemma-3-1b", 0.87, 0.15),
        ("gemma-3-4b", 4.56, 0.79),
        ("gemma-3-12b", 12.88, 2.48),
        ("gemma-3-27b", 16.64, 3.12),
    ] {
        let mut config = find(id).unwrap().config.clone();
        let bytes = |config: &_| gb(cache_bytes(config, Dtype::Bf16, 32_768, 1).unwrap());
        assert_eq!(format!("{:.2}", bytes(&config)), format!("{windowed:.2}"), "{id}");
        config.window = None;
        assert_eq!(format!("{:.2}", bytes(&config)), format!("{full:.2}"), "{id}");
    }
}

#[test]
fn every_format_takes_its_bytes() {
    let config = &find("llama-2-70b").unwrap().config;
    let numbers = 163_840;
    let group = 64;
    for (dtype, bytes) in [
        (Dtype::F32, 4 * numbers),
        (Dtype::Bf16, 2 * numbers),
        (Dtype::F16, 2 * numbers),
        (Dtype::Fp8, numbers),
        // llama.cpp's blocks of 32: a scale of 16 bits, and 8 or 4 bits a number.
        (Dtype::Q8_0, numbers / 32 * 34),
        (Dtype::Q4_0, numbers / 32 * 18),
        (Dtype::Int8 { group }, numbers + numbers / group * 4),
        // Half a byte each, and 16 bits of scale and of zero a group.
        (Dtype::Int4 { group }, numbers / 2 + numbers / group * 4),
    ] {
        assert_eq!(cache_bytes(config, dtype, 10, 3).unwrap(), 30 * bytes, "{dtype:?}");
    }
}

#[test]
fn what_does_not_fit_into_64_bits_is_an_error() {
    let config = &find("gpt-3-175b").unwrap().config;
    for (context, batch) in [(u64::MAX, 1), (1 << 40, 1 << 20)] {
        assert!(cache_bytes(config, Dtype::F32, context, batch).is_err());
    }
}
