//! A sample of every variant. Numbers differ from each other, so that none stands in for another.

mod learning;
mod model;
mod network;
mod text;

use super::{Chinese, Error, Said, seen, variants};

/// What a person could have typed.
fn typed() -> String {
    "Zeta".into()
}

/// What a parser says, which is not carried over.
fn parser() -> String {
    "what the parser says".into()
}

/// All messages, and of each error how many variants there are and were met.
#[derive(Default)]
pub(super) struct Samples {
    pub(super) said: Vec<Said>,
    pub(super) counts: Vec<(&'static str, usize, usize)>,
}

impl Samples {
    pub(super) fn all() -> Samples {
        let mut all = Samples::default();
        all.add(
            "ActivationError",
            include_str!("../../../src/activation/error.rs"),
            &network::of_activation(),
        );
        all.add("AttentionError", include_str!("../../../src/attention/error.rs"), &network::of_attention());
        all.add(
            "ArchitectureError",
            include_str!("../../../src/architecture/error.rs"),
            &network::of_architecture(),
        );
        all.add("BudgetError", include_str!("../../../src/budget/error.rs"), &learning::of_budget());
        all.add("ClassicalError", include_str!("../../../src/classical/error.rs"), &learning::of_classical());
        let contrastive = include_str!("../../../src/contrastive/error.rs");
        all.add("ContrastiveError", contrastive, &network::of_contrastive());
        all.add("DecodingError", include_str!("../../../src/decoding/error.rs"), &text::of_decoding());
        all.add("ScalingError", include_str!("../../../src/scaling/error.rs"), &learning::of_scaling());
        all.add("TasksError", include_str!("../../../src/tasks/error.rs"), &learning::of_tasks());
        all.add("EvaluationError", include_str!("../../../src/evaluation/error.rs"), &text::of_evaluation());
        let model = include_str!("../../../src/language_model/error.rs");
        all.add("LanguageModelError", model, &text::of_language_model());
        all.add("PositionError", include_str!("../../../src/position/error.rs"), &network::of_position());
        let penalties = include_str!("../../../src/regularization/error.rs");
        let preferences = include_str!("../../../src/preference/error.rs");
        all.add("PreferenceError", preferences, &learning::of_preference());
        all.add("RegularizationError", penalties, &learning::of_regularization());
        all.add("RecurrentError", include_str!("../../../src/recurrent/error.rs"), &network::of_recurrent());
        all.add("EmergenceError", include_str!("../../../src/emergence/error.rs"), &learning::of_emergence());
        all.add("TokenizerError", include_str!("../../../src/tokenizer/error.rs"), &text::of_tokenizer());
        all.add(
            "EncodeError",
            include_str!("../../../src/tokenizer/pipeline/error.rs"),
            &text::of_encoding(),
        );
        let pattern = include_str!("../../../src/tokenizer/pretokenize/error.rs");
        all.add("PatternError", pattern, &text::of_patterns());
        all.add("UnigramError", include_str!("../../../src/tokenizer/unigram/error.rs"), &text::of_unigram());
        let wordpiece = include_str!("../../../src/tokenizer/wordpiece/error.rs");
        all.add("WordPieceError", wordpiece, &text::of_wordpiece());
        all.add("FileError", include_str!("../../../src/tokenizer/files/error.rs"), &text::of_files());
        all.of_models();
        let fault = include_str!("../../../src/tokenizer/files/fault.rs");
        all.counts.push(("Found", variants(fault, "Found"), seen(&text::found())));
        all.counts.push(("LineFault", variants(fault, "LineFault"), seen(&text::of_lines())));
        all.counts.push(("ModelFault", variants(fault, "ModelFault"), seen(&text::of_models())));
        all.counts.push(("Unwritable", variants(fault, "Unwritable"), seen(&text::unwritable())));
        all.counts.push(("PatternFault", variants(pattern, "PatternFault"), seen(&text::pattern_faults())));
        all.counts.push(("Unlike", variants(pattern, "Unlike"), seen(&text::unlike())));
        all.counts.push(("Limit", variants(pattern, "Limit"), seen(&text::limits())));
        let table = include_str!("../../../src/budget/error.rs");
        all.counts.push(("TableFault", variants(table, "TableFault"), seen(&learning::table_faults())));
        all
    }

    /// Models that were trained elsewhere.
    fn of_models(&mut self) {
        self.add("WeightsError", include_str!("../../../src/weights/error.rs"), &model::of_weights());
        self.add("LinearError", include_str!("../../../src/linear/error.rs"), &model::of_linear());
        self.add("DecoderError", include_str!("../../../src/decoder/error.rs"), &model::of_decoder());
        self.add("FastError", include_str!("../../../src/decoder/fast/error.rs"), &model::of_fast());
        let gguf = include_str!("../../../src/tokenizer/files/gguf/error.rs");
        self.add("GgufError", gguf, &model::of_gguf());
        self.add("ChatError", include_str!("../../../src/tokenizer/chat.rs"), &model::of_chat());
    }

    fn add<E: Error + Chinese>(&mut self, name: &'static str, source: &str, samples: &[E]) {
        self.said.extend(samples.iter().map(Said::of));
        self.counts.push((name, variants(source, name), seen(samples)));
    }
}
