//! A sample of every variant: what it costs, and how it learns.

use concepts::budget::{BudgetError, JsonFault, TableFault, words as budget};
use concepts::classical::{ClassicalError, words as classical};
use concepts::emergence::{EmergenceError, words as emergence};
use concepts::preference::PreferenceError;
use concepts::regularization::RegularizationError;
use concepts::scaling::{ScalingError, words as scaling};
use concepts::tasks::{TasksError, words as tasks};
use concepts::weights::StandIn;

use super::{parser, typed};

pub(super) fn of_scaling() -> Vec<ScalingError> {
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

pub(super) fn of_regularization() -> Vec<RegularizationError> {
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
        RegularizationError::Circles { knots: 11 },
        RegularizationError::Folds { folds: 11, rows: 7 },
        RegularizationError::Grid { points: 1 },
    ]
}

pub(super) fn of_classical() -> Vec<ClassicalError> {
    use classical::{Part, Quantity};
    let mut all = vec![
        ClassicalError::NoDistribution { row: 11, sum: 7.5 },
        ClassicalError::Score { value: -11.5 },
        ClassicalError::NoPath,
        ClassicalError::TooManyPaths { tags: 11, words: 13, most: 17 },
        ClassicalError::OneClass,
        ClassicalError::EmptyClass { class: 11 },
        ClassicalError::TooFewRows { rows: 11, classes: 7, least: 13 },
    ];
    all.extend(Quantity::ALL.iter().map(|&what| ClassicalError::NotPositive { what, value: -11.0 }));
    all.extend(Part::ALL.iter().map(|&what| ClassicalError::None { what }));
    all.extend(Part::ALL.iter().map(|&what| ClassicalError::Shape { what, actual: 11, expected: 7 }));
    all.extend(Part::ALL.iter().map(|&what| ClassicalError::Unknown { what, given: 11, last: 7 }));
    all
}

pub(super) fn of_emergence() -> Vec<EmergenceError> {
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

pub(super) fn json_faults() -> Vec<JsonFault> {
    vec![
        JsonFault::Syntax { line: 11, column: 13, said: parser() },
        JsonFault::CutOff { line: 11, column: 13, said: parser() },
        JsonFault::TooMany { mib: 11, limit: 7 },
        JsonFault::NoObject { found: "[11]".into() },
        JsonFault::Twice { field: typed(), first: "11".into(), second: "7".into() },
        JsonFault::StandIn(StandIn::Pointer),
        JsonFault::StandIn(StandIn::WebPage),
    ]
}

pub(super) fn table_faults() -> Vec<TableFault> {
    vec![TableFault::NotToml { said: parser() }, TableFault::LacksField { id: typed() }]
}

pub(super) fn of_budget() -> Vec<BudgetError> {
    use budget::{Asked, Beside, Field, Quantity, Unread, Wanted};
    let (file, name) = (|| "Eta".to_string(), typed);
    let nearest = || vec!["Theta".to_string(), "Iota".to_string()];
    let mut all = vec![
        BudgetError::Unknown { name: name(), nearest: nearest() },
        BudgetError::Several { name: name(), models: nearest() },
        BudgetError::UnknownAccelerator { name: name(), nearest: nearest() },
        BudgetError::TooLarge { file: file(), bytes: 11, limit: 7 },
        BudgetError::Missing { file: file(), field: name(), model_type: "Theta".into() },
        BudgetError::UnknownType { file: file(), model_type: name(), nearest: nearest() },
        BudgetError::UnknownType { file: file(), model_type: name(), nearest: Vec::new() },
        BudgetError::UnknownRope { file: file(), kind: name(), known: "Theta".into() },
        BudgetError::Adapter { file: file(), kind: name(), base: "Theta".into() },
        BudgetError::InTable { file: file(), model_type: name(), models: nearest() },
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
    all.extend(Beside::ALL.iter().map(|&what| BudgetError::NotConfiguration { file: file(), what }));
    all.extend(Asked::ALL.iter().map(|&what| BudgetError::NotADecoder { name: name(), what }));
    all.extend(Quantity::ALL.iter().map(|&what| BudgetError::Overflow { what }));
    all
}

pub(super) fn of_preference() -> Vec<PreferenceError> {
    vec![
        PreferenceError::NoComparisons,
        PreferenceError::Themself { comparison: 11, player: typed() },
        PreferenceError::Apart { group: vec![typed()], others: vec!["Eta".into(), "Theta".into()] },
        PreferenceError::NeverLoses {
            group: vec![typed()],
            others: vec!["Eta".into(), "Theta".into()],
            never_won: vec!["Iota".into()],
        },
        PreferenceError::NeverLoses {
            group: vec![typed()],
            others: vec!["Eta".into(), "Theta".into()],
            never_won: Vec::new(),
        },
        PreferenceError::Unsettled { steps: 11 },
        PreferenceError::Beta { beta: 3.5 },
        PreferenceError::Reward { answer: 11, reward: 7.5 },
        PreferenceError::Reference { answer: 11, probability: 0.25 },
        PreferenceError::Unpaired { rewards: 11, answers: 7 },
    ]
}

pub(super) fn of_tasks() -> Vec<TasksError> {
    use tasks::Quantity;
    let mut all = vec![
        TasksError::NothingLeft { tail: 0.75, stop: 0.375 },
        TasksError::NoSuchToken { token: 99, vocab_size: 88 },
        TasksError::Decoding(concepts::decoding::DecodingError::NanLogit { token: 11 }),
        TasksError::Evaluation(concepts::evaluation::EvaluationError::Level { level: 2.5 }),
    ];
    let parameter = |&what| TasksError::Parameter { what, actual: -11.5, min: 0.25, max: 7.5 };
    all.extend(Quantity::ALL.iter().map(parameter));
    all.extend(Quantity::ALL.iter().map(|&what| TasksError::Size { what, actual: 0, max: 77 }));
    all
}
