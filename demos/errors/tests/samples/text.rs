//! A sample of every variant: text and what is written.

use concepts::decoding::{DecodingError, words as decoding};
use concepts::evaluation::{EvaluationError, words as evaluation};
use concepts::language_model::{LanguageModelError, words as language_model};
use concepts::tokenizer::files::{FileError, Found, LineFault, ModelFault, Unwritable, words as files};
use concepts::tokenizer::pretokenize::{Limit, PatternError, PatternFault, Pretokenizer, Unlike};
use concepts::tokenizer::unigram::{UnigramError, words as unigram};
use concepts::tokenizer::wordpiece::WordPieceError;
use concepts::tokenizer::{CharsmapFault, EncodeError, IdOf, Spaces, TokenizerError};

use super::learning::json_faults;
use super::{parser, typed};

pub(super) fn of_decoding() -> Vec<DecodingError> {
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

pub(super) fn of_evaluation() -> Vec<EvaluationError> {
    use evaluation::{Quantity, Size};
    let mut all = vec![
        EvaluationError::Empty,
        EvaluationError::Unpaired { first: 11, second: 7 },
        EvaluationError::Level { level: 1.5 },
        EvaluationError::Resamples { resamples: 11, max: 7 },
        EvaluationError::Places { resamples: 11, values: 13, max: 7 },
        EvaluationError::Weight { place: 11, value: -0.5 },
        EvaluationError::Mass { total: 11.5 },
        EvaluationError::Cells { first: 11, second: 7 },
        EvaluationError::Order { n: 11, max: 7 },
        EvaluationError::NoNgrams { n: 11 },
        EvaluationError::NoPoints,
        EvaluationError::Point { row: 11, column: 7, value: f64::NAN },
        EvaluationError::Dimensions { points: 11, centers: 7 },
        EvaluationError::Power { power: 1.5, low: 0.25 },
        EvaluationError::PValue { place: 11, value: 1.5 },
        EvaluationError::Difference { place: 11, value: f64::NAN },
        EvaluationError::OffCurve { x: 11.5, low: 0.25, high: 7.5 },
        EvaluationError::SamePlace { x: 11.5 },
        EvaluationError::NoPlace { point: 11, x: f64::NAN },
    ];
    all.extend(Quantity::ALL.iter().map(|&what| EvaluationError::NotPositive { what, value: -0.5 }));
    all.extend(Size::ALL.iter().map(|&what| EvaluationError::Count { what, value: 11, min: 3, max: 7 }));
    all
}

pub(super) fn of_language_model() -> Vec<LanguageModelError> {
    use language_model::Quantity;
    let path = || vec![typed()];
    let mut all = vec![
        LanguageModelError::Order { order: 11, max: 7 },
        LanguageModelError::EmptyCorpus,
        LanguageModelError::NoSuchToken { token: 11, place: 3, vocab_size: 7 },
        LanguageModelError::UnknownCharacter { character: '雪', place: 11 },
        LanguageModelError::AllMasked { vocab_size: 11 },
        LanguageModelError::Probabilities { path: path(), probabilities: vec![0.25, 1.5] },
        LanguageModelError::Twice { path: path(), name: "Eta".into() },
    ];
    all.extend(of_encoding().into_iter().map(|source| LanguageModelError::Encoding { source }));
    all.extend(of_tokenizer().into_iter().map(|source| LanguageModelError::Tokenizer { source }));
    all.extend(Quantity::ALL.iter().map(|&what| LanguageModelError::Size { what, actual: 11, max: 7 }));
    all.extend(Quantity::ALL.iter().map(|&what| LanguageModelError::Parameter {
        what,
        actual: 11.5,
        min: 0.25,
        max: 7.5,
    }));
    all
}

pub(super) fn of_tokenizer() -> Vec<TokenizerError> {
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

pub(super) fn of_encoding() -> Vec<EncodeError> {
    let mut all = vec![
        EncodeError::UnknownCharacter { character: '雪', offset: 11 },
        EncodeError::NotText { offset: 11 },
        EncodeError::UnknownWord { word: typed() },
        EncodeError::Grows { limit: 11 },
        EncodeError::Decoder { kind: typed() },
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

pub(super) fn pattern_faults() -> Vec<PatternFault> {
    vec![
        PatternFault::Empty,
        PatternFault::Syntax { byte: 11, said: parser() },
        PatternFault::NotCompiled { said: parser() },
    ]
}

pub(super) fn unlike() -> Vec<Unlike> {
    vec![Unlike::Part("Eta".into()), Unlike::NestedClass, Unlike::RepeatedNothing, Unlike::TooLong]
}

pub(super) fn limits() -> Vec<Limit> {
    vec![Limit::Stack { said: parser() }, Limit::Steps { said: parser() }]
}

pub(super) fn of_patterns() -> Vec<PatternError> {
    let pattern = typed;
    let mut all = Vec::new();
    all.extend(
        pattern_faults().into_iter().map(|reason| PatternError::Invalid { pattern: pattern(), reason }),
    );
    all.extend(unlike().into_iter().map(|what| PatternError::Unlike { pattern: pattern(), what }));
    all.extend(limits().into_iter().map(|reason| PatternError::TooSlow { pattern: pattern(), reason }));
    all
}

pub(super) fn of_unigram() -> Vec<UnigramError> {
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

pub(super) fn of_wordpiece() -> Vec<WordPieceError> {
    vec![
        WordPieceError::EmptyCorpus,
        WordPieceError::TooManyTokens,
        WordPieceError::CorpusTooLarge { characters: 11, limit: 7 },
        WordPieceError::NoUnknown { unknown: typed(), size: 11 },
        WordPieceError::Twice { piece: typed(), first: 11, second: 13 },
        WordPieceError::TooManyPieces { size: 11 },
    ]
}

pub(super) fn found() -> Vec<Found> {
    vec![Found::List(11), Found::OfType("Eta".into()), Found::Object, Found::Value("17".into())]
}

pub(super) fn of_lines() -> Vec<LineFault> {
    vec![
        LineFault::NoSpace,
        LineFault::NotBase64 { said: parser() },
        LineFault::EmptyToken,
        LineFault::NoRank,
        LineFault::RankTwice { rank: 11 },
    ]
}

pub(super) fn of_models() -> Vec<ModelFault> {
    vec![
        ModelFault::NotRead { said: parser() },
        ModelFault::Empty,
        ModelFault::Algorithm(11),
        ModelFault::Unused(typed()),
        ModelFault::NoCharacter(typed()),
        ModelFault::SpaceBehind,
    ]
}

pub(super) fn unwritable() -> Vec<Unwritable> {
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

pub(super) fn of_files() -> Vec<FileError> {
    use files::{Format, IdFault, Known, Part, Wanted};
    let field = typed;
    let wrong = |found, wanted| FileError::WrongType { field: field(), found, wanted };
    let unsupported = |found, known| FileError::Unsupported { field: field(), found, known };
    let mut all = vec![
        FileError::TooLarge { bytes: 11, limit: 7 },
        FileError::Missing { field: field() },
        FileError::WhoseRanks { ranks: 11 },
        FileError::NoFormat,
        FileError::StandIn(concepts::weights::StandIn::Pointer),
    ];
    all.extend(json_faults().into_iter().map(|reason| FileError::NotJson { reason }));
    all.extend(Wanted::ALL.iter().map(|&wanted| wrong(Found::Object, wanted)));
    all.extend(found().into_iter().map(|found| wrong(found, Wanted::List)));
    all.extend(Part::ALL.iter().map(|&part| FileError::Part(part)));
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
