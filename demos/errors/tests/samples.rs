//! A sample of every variant. Numbers differ from each other, so that none stands in for another.

use concepts::activation::{ActivationError, Size};
use concepts::architecture::{ArchitectureError, words as architecture};
use concepts::attention::{AttentionError, words as attention};
use concepts::budget::{BudgetError, JsonFault, TableFault, words as budget};
use concepts::decoding::{DecodingError, words as decoding};
use concepts::emergence::{EmergenceError, words as emergence};
use concepts::evaluation::EvaluationError;
use concepts::language_model::{LanguageModelError, words as language_model};
use concepts::position::{PositionError, words as position};
use concepts::recurrent::{RecurrentError, words as recurrent};
use concepts::regularization::RegularizationError;
use concepts::scaling::{ScalingError, words as scaling};
use concepts::tokenizer::files::{FileError, Found, LineFault, ModelFault, Unwritable, words as files};
use concepts::tokenizer::pretokenize::{Limit, PatternError, PatternFault, Pretokenizer, Unlike};
use concepts::tokenizer::unigram::{UnigramError, words as unigram};
use concepts::tokenizer::wordpiece::WordPieceError;
use concepts::tokenizer::{CharsmapFault, EncodeError, IdOf, Spaces, TokenizerError};

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
        all.add("ActivationError", include_str!("../../../src/activation/error.rs"), &of_activation());
        all.add("AttentionError", include_str!("../../../src/attention/error.rs"), &of_attention());
        all.add("ArchitectureError", include_str!("../../../src/architecture/error.rs"), &of_architecture());
        all.add("BudgetError", include_str!("../../../src/budget/error.rs"), &of_budget());
        all.add("DecodingError", include_str!("../../../src/decoding/error.rs"), &of_decoding());
        all.add("ScalingError", include_str!("../../../src/scaling/error.rs"), &of_scaling());
        all.add("EvaluationError", include_str!("../../../src/evaluation/error.rs"), &of_evaluation());
        let model = include_str!("../../../src/language_model/error.rs");
        all.add("LanguageModelError", model, &of_language_model());
        all.add("PositionError", include_str!("../../../src/position/error.rs"), &of_position());
        let penalties = include_str!("../../../src/regularization/error.rs");
        all.add("RegularizationError", penalties, &of_regularization());
        all.add("RecurrentError", include_str!("../../../src/recurrent/error.rs"), &of_recurrent());
        all.add("EmergenceError", include_str!("../../../src/emergence/error.rs"), &of_emergence());
        all.add("TokenizerError", include_str!("../../../src/tokenizer/error.rs"), &of_tokenizer());
        all.add("EncodeError", include_str!("../../../src/tokenizer/pipeline/error.rs"), &of_encoding());
        let pattern = include_str!("../../../src/tokenizer/pretokenize/error.rs");
        all.add("PatternError", pattern, &of_patterns());
        all.add("UnigramError", include_str!("../../../src/tokenizer/unigram/error.rs"), &of_unigram());
        let wordpiece = include_str!("../../../src/tokenizer/wordpiece/error.rs");
        all.add("WordPieceError", wordpiece, &of_wordpiece());
        all.add("FileError", include_str!("../../../src/tokenizer/files/error.rs"), &of_files());
        let fault = include_str!("../../../src/tokenizer/files/fault.rs");
        all.counts.push(("Found", variants(fault, "Found"), seen(&found())));
        all.counts.push(("LineFault", variants(fault, "LineFault"), seen(&of_lines())));
        all.counts.push(("ModelFault", variants(fault, "ModelFault"), seen(&of_models())));
        all.counts.push(("Unwritable", variants(fault, "Unwritable"), seen(&unwritable())));
        all.counts.push(("PatternFault", variants(pattern, "PatternFault"), seen(&pattern_faults())));
        all.counts.push(("Unlike", variants(pattern, "Unlike"), seen(&unlike())));
        all.counts.push(("Limit", variants(pattern, "Limit"), seen(&limits())));
        let table = include_str!("../../../src/budget/error.rs");
        all.counts.push(("TableFault", variants(table, "TableFault"), seen(&table_faults())));
        all
    }

    fn add<E: Error + Chinese>(&mut self, name: &'static str, source: &str, samples: &[E]) {
        self.said.extend(samples.iter().map(Said::of));
        self.counts.push((name, variants(source, name), seen(samples)));
    }
}

fn of_attention() -> Vec<AttentionError> {
    use attention::{Dimension, Operand};
    let shape = |what, left_name, right_name| AttentionError::ShapeMismatch {
        what,
        left_name,
        left: 11,
        right_name,
        right: 13,
    };
    let mut all = vec![
        AttentionError::HeadsDoNotDivide { d_model: 11, heads: 3 },
        AttentionError::KvHeadsDoNotDivide { heads: 11, kv_heads: 3 },
        AttentionError::PoolDoesNotDivide { from: 11, to: 3 },
        AttentionError::FastMemoryTooSmall { needed: 11, available: 7 },
        AttentionError::CausalNeedsKeys { queries: 11, keys: 7 },
        AttentionError::RotaryTooWide { rotary_dim: 22, d_head: 14 },
    ];
    all.extend(Dimension::ALL.iter().map(|&what| AttentionError::Empty { what }));
    all.extend(Dimension::ALL.iter().map(|&what| shape(what, Operand::Q, Operand::K)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Rows, name, Operand::Layer)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Rows, Operand::Layer, name)));
    all
}

fn of_architecture() -> Vec<ArchitectureError> {
    use architecture::{Bounds, Dimension, Objective, Operand, Part, Share};
    let shape = |what, left_name, right_name| ArchitectureError::ShapeMismatch {
        what,
        left_name,
        left: 11,
        right_name,
        right: 13,
    };
    let share = |what, range| ArchitectureError::BadShare { what, value: 1.75, range };
    let mut all = vec![
        ArchitectureError::OneStack,
        ArchitectureError::Memory { has: true },
        ArchitectureError::Memory { has: false },
    ];
    all.extend(of_attention().into_iter().map(ArchitectureError::Attention));
    all.extend(Dimension::ALL.iter().map(|&what| ArchitectureError::Empty { what }));
    all.extend(Dimension::ALL.iter().map(|&what| shape(what, Operand::X, Operand::Model)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Tokens, name, name)));
    all.extend(Part::ALL.iter().map(|&what| ArchitectureError::TooFewTokens { what, part: 11, tokens: 7 }));
    all.extend(Share::ALL.iter().map(|&what| share(what, Bounds::Between0And1)));
    all.extend(Bounds::ALL.iter().map(|&range| share(Share::Noise, range)));
    let short = |&objective| ArchitectureError::TooShort { objective, least: 7, tokens: 3 };
    all.extend(Objective::ALL.iter().map(short));
    all
}

fn json_faults() -> Vec<JsonFault> {
    vec![
        JsonFault::Syntax { line: 11, column: 13, said: parser() },
        JsonFault::CutOff { line: 11, column: 13, said: parser() },
        JsonFault::TooMany { mib: 11, limit: 7 },
        JsonFault::NoObject,
    ]
}

fn table_faults() -> Vec<TableFault> {
    vec![TableFault::NotToml { said: parser() }, TableFault::LacksField { id: typed() }]
}

fn of_scaling() -> Vec<ScalingError> {
    use scaling::Size;
    let mut all = vec![
        ScalingError::NotANumber { text: typed() },
        ScalingError::UnknownModel { name: typed(), nearest: vec!["Eta".into(), "Theta".into()] },
        ScalingError::TooFewRuns { runs: 3, least: 6 },
        ScalingError::OneLine,
        ScalingError::BelowFloor { loss: 1.5, floor: 1.75 },
    ];
    all.extend(Size::ALL.iter().map(|&size| ScalingError::NotPositive { size, value: -7.0 }));
    all.extend(Size::ALL.iter().map(|&size| ScalingError::BadRun { run: 11, size, value: -7.0 }));
    all.extend(Size::ALL.iter().map(|&size| ScalingError::TooFewSizes { size, distinct: 2, least: 3 }));
    all
}

fn of_budget() -> Vec<BudgetError> {
    use budget::{Asked, Field, Quantity, Unread, Wanted};
    let (file, name) = (|| "Eta".to_string(), typed);
    let nearest = || vec!["Theta".to_string(), "Iota".to_string()];
    let mut all = vec![
        BudgetError::Unknown { name: name(), nearest: nearest() },
        BudgetError::Several { name: name(), models: nearest() },
        BudgetError::UnknownAccelerator { name: name(), nearest: nearest() },
        BudgetError::TooLarge { file: file(), bytes: 11, limit: 7 },
        BudgetError::Missing { file: file(), field: name(), model_type: "Theta".into() },
        BudgetError::UnknownType { file: file(), model_type: name(), known: "Theta".into() },
        BudgetError::UnknownRope { file: file(), kind: name(), known: "Theta".into() },
        BudgetError::HeadsDoNotDivide { name: name(), heads: 11, kv_heads: 3 },
        BudgetError::NoHeadDim { file: file(), d_model: 11, heads: 3 },
        BudgetError::WeightsDoNotFit { name: name(), needed: 11, memory: 7 },
        BudgetError::BadSize { text: name() },
        BudgetError::SizeOutOfRange { text: name() },
    ];
    all.extend(json_faults().into_iter().map(|reason| BudgetError::NotJson { file: file(), reason }));
    all.extend(table_faults().into_iter().map(|reason| BudgetError::Table { reason }));
    let found = || "17".to_string();
    all.extend(Unread::ALL.iter().map(|&reason| BudgetError::NotRead {
        file: file(),
        model_type: name(),
        reason,
    }));
    all.extend(Wanted::ALL.iter().map(|&wanted| BudgetError::WrongType {
        file: file(),
        field: name(),
        found: found(),
        wanted,
    }));
    let field = |&field| BudgetError::BadField { name: name(), field, size: 11, least: 3, most: 7 };
    all.extend(Field::ALL.iter().map(field));
    all.extend(Asked::ALL.iter().map(|&what| BudgetError::NotADecoder { name: name(), what }));
    all.extend(Quantity::ALL.iter().map(|&what| BudgetError::Overflow { what }));
    all
}

fn of_decoding() -> Vec<DecodingError> {
    use decoding::{Bounds, Parameter};
    let parameter = |name, range| DecodingError::Parameter { name, value: 11.5, range };
    let mut all = vec![
        DecodingError::EmptyVocabulary,
        DecodingError::VocabularyTooLarge { vocab_size: 11 },
        DecodingError::NanLogit { token: 11 },
        DecodingError::InfiniteLogit { token: 11 },
        DecodingError::NoCandidate { vocab_size: 11 },
        DecodingError::BadProbability { token: 11, value: -0.5 },
        DecodingError::UnknownToken { token: 11, vocab_size: 7 },
        DecodingError::VocabulariesDiffer { draft: 11, target: 7 },
        DecodingError::TreeTooLarge { limit: 11 },
        DecodingError::GroupsDoNotDivide { beams: 11, groups: 3 },
    ];
    all.extend(Parameter::ALL.iter().map(|&name| parameter(name, Bounds::Probability)));
    all.extend(Bounds::ALL.iter().map(|&range| parameter(Parameter::Temperature, range)));
    all.extend(Parameter::ALL.iter().map(|&name| DecodingError::Zero { name }));
    let many = |&name| DecodingError::TooMany { name, value: 11, limit_name: Parameter::Beams, limit: 7 };
    all.extend(Parameter::ALL.iter().map(many));
    all
}

fn of_activation() -> Vec<ActivationError> {
    let zero = Size::ALL.iter().map(|&what| ActivationError::Zero { what });
    let others = [
        ActivationError::Lengths { left: 11, right: 7 },
        ActivationError::Empty,
        ActivationError::NotFinite { entry: 11, value: f64::NAN },
    ];
    zero.chain(others).collect()
}

fn of_evaluation() -> Vec<EvaluationError> {
    vec![
        EvaluationError::Empty,
        EvaluationError::Unpaired { first: 11, second: 7 },
        EvaluationError::Level { level: 1.5 },
        EvaluationError::Resamples { resamples: 11, max: 7 },
    ]
}

fn of_language_model() -> Vec<LanguageModelError> {
    use language_model::Quantity;
    let path = || vec![typed()];
    let mut all = vec![
        LanguageModelError::Order { order: 11, max: 7 },
        LanguageModelError::EmptyCorpus,
        LanguageModelError::NoSuchToken { token: 11, place: 3, vocab_size: 7 },
        LanguageModelError::UnknownCharacter { character: '雪', place: 11 },
        LanguageModelError::Probabilities { path: path(), probabilities: vec![0.25, 1.5] },
        LanguageModelError::Twice { path: path(), name: "Eta".into() },
    ];
    all.extend(of_encoding().into_iter().map(|source| LanguageModelError::Encoding { source }));
    all.extend(Quantity::ALL.iter().map(|&what| LanguageModelError::Size { what, actual: 11, max: 7 }));
    all.extend(Quantity::ALL.iter().map(|&what| LanguageModelError::Parameter {
        what,
        actual: 11.5,
        min: 0.25,
        max: 7.5,
    }));
    all
}

fn of_position() -> Vec<PositionError> {
    use position::{Dimension, Operand};
    let shape = |what, left_name, right_name| PositionError::ShapeMismatch {
        what,
        left_name,
        left: 11,
        right_name,
        right: 13,
    };
    let mut all = vec![
        PositionError::BadBase { base: 0.5 },
        PositionError::TooLarge { rows: 11, columns: 13, limit: 7 },
        PositionError::BeyondTable { position: 11, len: 7 },
        PositionError::NoSuchHead { head: 11, heads: 7 },
        PositionError::BadBuckets { buckets: 11, max_distance: 7, least: 13, exact: 17 },
        PositionError::RotaryTooWide { rotary_dim: 22, head_dim: 14 },
        PositionError::BadFactor { factor: 0.5 },
        PositionError::BadPairFactor { factor: -0.5 },
        PositionError::BadRamp { alpha: 7.5, beta: 2.5 },
        PositionError::BadFrequency { index: 11, frequency: f64::NAN },
    ];
    all.extend(Dimension::ALL.iter().map(|&what| PositionError::Empty { what }));
    all.extend(Dimension::ALL.iter().map(|&what| PositionError::OddDimension { what, size: 11 }));
    all.extend(Dimension::ALL.iter().map(|&what| shape(what, Operand::X, Operand::Table)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Tokens, name, name)));
    all
}

fn of_regularization() -> Vec<RegularizationError> {
    vec![
        RegularizationError::Unpaired { rows: 11, responses: 7 },
        RegularizationError::TooFewRows { rows: 1 },
        RegularizationError::NothingVaries,
        RegularizationError::ConstantResponse { value: 4.5 },
        RegularizationError::Number { row: 11, column: 7, value: 2e200, most: 1e150 },
        RegularizationError::Lambda { lambda: -3.5 },
        RegularizationError::Mixing { alpha: 2.5 },
        RegularizationError::NoAbsoluteValue,
        RegularizationError::Singular { column: 7 },
        RegularizationError::Folds { folds: 11, rows: 7 },
        RegularizationError::Grid { points: 1 },
    ]
}

fn of_recurrent() -> Vec<RecurrentError> {
    use recurrent::Dimension;
    let mut all = vec![RecurrentError::NoSuchTime { time: 11, last: 7 }];
    all.extend(Dimension::ALL.iter().map(|&what| RecurrentError::Empty { what }));
    let shape = |&what| RecurrentError::ShapeMismatch { what, actual: 11, expected: 7 };
    all.extend(Dimension::ALL.iter().map(shape));
    all
}

fn of_emergence() -> Vec<EmergenceError> {
    use emergence::{Part, Quantity};
    let mut all = vec![
        EmergenceError::NoTokens,
        EmergenceError::Options { options: 1 },
        EmergenceError::MoreThanTotal { row: 3, correct: 11, total: 7 },
        EmergenceError::NoItems { row: 3 },
        EmergenceError::TooFewSizes { sizes: 1 },
        EmergenceError::NoExamples,
        EmergenceError::Unexpected { at: 3, found: '?' },
        EmergenceError::Unfinished,
        EmergenceError::TooDeep { most: 11 },
        EmergenceError::NoNumber { left: 11.0, operator: '/', right: 7.0 },
    ];
    all.extend(Quantity::ALL.iter().map(|&what| EmergenceError::NotPositive { what, value: -11.0 }));
    all.extend(Quantity::ALL.iter().map(|&what| EmergenceError::Share { what, value: 11.0 }));
    all.extend(Part::ALL.iter().map(|&what| EmergenceError::Shape { what, actual: 11, expected: 7 }));
    all
}

fn of_tokenizer() -> Vec<TokenizerError> {
    let [word, other, third] = ["Zeta", "Eta", "Theta"];
    vec![
        TokenizerError::NotUtf8 { word: word.into(), offset: 11 },
        TokenizerError::MarkerInText { word: word.into(), marker: "</w>" },
        TokenizerError::TooManySymbols,
        TokenizerError::TooManyPaths { limit: 11 },
        TokenizerError::DuplicateToken { token: word.into(), first: 11, second: 13 },
        TokenizerError::TooManyTokens { tokens: 11 },
        TokenizerError::ModelTooLarge { tokens: 11, merges: 13, most_tokens: 5, most_merges: 7 },
        TokenizerError::MergeWithoutToken { rank: 11, token: word.into() },
        TokenizerError::DuplicateMerge { first: 11, second: 13, left: other.into(), right: third.into() },
        TokenizerError::MissingByte { byte: 11 },
        TokenizerError::NoSuchToken { id: 11, tokens: 7 },
        TokenizerError::EmptySpecialToken { id: 11 },
        TokenizerError::SharedId { id: 11, first: word.into(), second: other.into() },
        TokenizerError::TieRuleNotFast,
        TokenizerError::CorpusTooLarge { bytes: 11, limit: 7 },
        TokenizerError::UnknownCharacter { character: '雪' },
    ]
}

fn of_encoding() -> Vec<EncodeError> {
    let mut all = vec![
        EncodeError::UnknownCharacter { character: '雪', offset: 11 },
        EncodeError::NotText { offset: 11 },
        EncodeError::UnknownWord { word: typed() },
        EncodeError::Grows { limit: 11 },
        EncodeError::TakenId { content: typed(), id: 11, other: "Eta".into() },
    ];
    all.extend(of_tokenizer().into_iter().map(EncodeError::from));
    all.extend(of_wordpiece().into_iter().map(EncodeError::from));
    all.extend(of_unigram().into_iter().map(EncodeError::from));
    all.extend(of_patterns().into_iter().map(EncodeError::from));
    all.extend(CharsmapFault::ALL.iter().map(|&reason| EncodeError::Charsmap { reason }));
    all.extend(IdOf::ALL.iter().map(|&what| EncodeError::NoSuchToken { what, id: 11, tokens: 7 }));
    all
}

fn pattern_faults() -> Vec<PatternFault> {
    vec![
        PatternFault::Empty,
        PatternFault::Syntax { byte: 11, said: parser() },
        PatternFault::NotCompiled { said: parser() },
    ]
}

fn unlike() -> Vec<Unlike> {
    vec![Unlike::Part("Eta".into()), Unlike::NestedClass, Unlike::RepeatedNothing, Unlike::TooLong]
}

fn limits() -> Vec<Limit> {
    vec![Limit::Stack { said: parser() }, Limit::Steps { said: parser() }]
}

fn of_patterns() -> Vec<PatternError> {
    let pattern = typed;
    let mut all = Vec::new();
    all.extend(
        pattern_faults().into_iter().map(|reason| PatternError::Invalid { pattern: pattern(), reason }),
    );
    all.extend(unlike().into_iter().map(|what| PatternError::Unlike { pattern: pattern(), what }));
    all.extend(limits().into_iter().map(|reason| PatternError::TooSlow { pattern: pattern(), reason }));
    all
}

fn of_unigram() -> Vec<UnigramError> {
    use unigram::{Bounds, Setting};
    let option = |name, wanted| UnigramError::BadOption { name, value: 11.5, wanted };
    let mut all = vec![
        UnigramError::EmptyCorpus,
        UnigramError::NoPieces,
        UnigramError::EmptyPiece { id: 11 },
        UnigramError::BadScore { id: 11, piece: typed(), log_prob: 7.5, limit: 3.5 },
        UnigramError::Twice { piece: typed(), first: 11, second: 13 },
        UnigramError::TooManyPieces { size: 11 },
        UnigramError::TooLong { characters: 11 },
        UnigramError::NoUnknown { id: 11, last: 7 },
        UnigramError::UnknownCharacter { character: '雪', offset: 11 },
        UnigramError::TooLarge { n: 11, bytes: 13, limit: 7 },
    ];
    all.extend(Setting::ALL.iter().map(|&name| option(name, Bounds::AtLeast1)));
    all.extend(Bounds::ALL.iter().map(|&wanted| option(Setting::Keep, wanted)));
    all
}

fn of_wordpiece() -> Vec<WordPieceError> {
    vec![
        WordPieceError::EmptyCorpus,
        WordPieceError::TooManyTokens,
        WordPieceError::CorpusTooLarge { characters: 11, limit: 7 },
        WordPieceError::NoUnknown { unknown: typed(), size: 11 },
        WordPieceError::Twice { piece: typed(), first: 11, second: 13 },
        WordPieceError::TooManyPieces { size: 11 },
    ]
}

fn found() -> Vec<Found> {
    vec![Found::List(11), Found::OfType("Eta".into()), Found::Object, Found::Value("17".into())]
}

fn of_lines() -> Vec<LineFault> {
    vec![
        LineFault::NoSpace,
        LineFault::NotBase64 { said: parser() },
        LineFault::EmptyToken,
        LineFault::NoRank,
        LineFault::RankTwice { rank: 11 },
    ]
}

fn of_models() -> Vec<ModelFault> {
    vec![
        ModelFault::NotRead { said: parser() },
        ModelFault::Empty,
        ModelFault::Algorithm(11),
        ModelFault::Unused(typed()),
        ModelFault::NoCharacter(typed()),
        ModelFault::SpaceBehind,
    ]
}

fn unwritable() -> Vec<Unwritable> {
    let spaces = |bytes| Unwritable::Spaces { spaces: Spaces::Kept, how: Pretokenizer::Gpt2, bytes };
    vec![
        spaces(true),
        spaces(false),
        Unwritable::WordEndSymbol,
        Unwritable::NotByteLevel,
        Unwritable::ByToken,
        Unwritable::SentencePiece,
        Unwritable::MergeOrder,
    ]
}

fn of_files() -> Vec<FileError> {
    use files::{Format, IdFault, Known, Wanted};
    let field = typed;
    let wrong = |found, wanted| FileError::WrongType { field: field(), found, wanted };
    let unsupported = |found, known| FileError::Unsupported { field: field(), found, known };
    let mut all = vec![
        FileError::TooLarge { bytes: 11, limit: 7 },
        FileError::Missing { field: field() },
        FileError::WhoseRanks { ranks: 11 },
        FileError::NoFormat,
    ];
    all.extend(json_faults().into_iter().map(|reason| FileError::NotJson { reason }));
    all.extend(Wanted::ALL.iter().map(|&wanted| wrong(Found::Object, wanted)));
    all.extend(found().into_iter().map(|found| wrong(found, Wanted::List)));
    all.extend(Known::ALL.iter().map(|&known| unsupported(Found::Object, known)));
    all.extend(IdFault::ALL.iter().map(|&problem| FileError::BadIds { field: field(), id: 11, problem }));
    all.extend(of_encoding().into_iter().map(|source| FileError::Inconsistent { field: field(), source }));
    let cannot = |format, reason| FileError::CannotWrite { format, reason };
    all.extend(Format::ALL.iter().map(|&format| cannot(format, Unwritable::MergeOrder)));
    all.extend(unwritable().into_iter().map(|reason| cannot(Format::Json, reason)));
    all.extend(of_lines().into_iter().map(|problem| FileError::BadLine { line: 13, problem }));
    all.extend(of_models().into_iter().map(FileError::SentencePiece));
    all.extend(of_encoding().into_iter().map(FileError::Ranks));
    all
}
