//! A person's own configuration.

use demos::kit::knob::Values;
use demos::kit::lesson::{DEFAULT_SEED, Setting};
use demos::kit::text::Lang;

use super::lesson;

#[test]
fn a_configuration_that_no_model_has_is_refused_in_both_languages() {
    let lesson = lesson("heads");
    let rest = r#""model_type":"llama","num_hidden_layers":4,"vocab_size":100,"intermediate_size":10"#;
    let cases = [
        (
            r#""hidden_size":18446744073709551615,"num_attention_heads":8,"head_dim":64"#,
            ["18446744073709551615", "d_model"],
        ),
        (r#""hidden_size":8192,"num_attention_heads":96"#, ["8192", "head_dim"]),
        (r#""hidden_size":8192,"num_attention_heads":0,"head_dim":64"#, ["0", "16777216"]),
    ];
    for (sizes, words) in cases {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.json");
        std::fs::write(&file, format!("{{{rest},{sizes}}}")).unwrap();
        let path = file.to_str().unwrap();
        let values = Values::read(lesson.knobs, |knob| (knob == "config").then_some(path)).unwrap();
        let refusal = (lesson.walk)(&Setting { values, seed: DEFAULT_SEED }).map(|_| ()).expect_err(sizes);
        let shown = Lang::ALL.map(|lang| refusal.0.get(lang).to_string());
        assert!(shown.iter().all(|text| words.iter().all(|word| text.contains(word))), "{shown:?}");
        assert!(shown[1].contains(['，', '：']) && shown[0] != shown[1], "{shown:?}");
    }
}
