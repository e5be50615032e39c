//! `DecodingError`.

use concepts::decoding::DecodingError;
use concepts::decoding::words::{Bounds, Parameter};

use super::Chinese;
use super::spacing::first;

impl Chinese for DecodingError {
    fn chinese(&self) -> String {
        match self {
            Self::EmptyVocabulary => "没有任何 logit；至少要有一个 token 才能选".into(),
            Self::VocabularyTooLarge { vocab_size } => {
                format!("{vocab_size} 个 logit 太多，token 编号只有 32 位")
            }
            Self::NanLogit { token } => format!("token {token} 的 logit 是 NaN，多半是模型出了错"),
            Self::InfiniteLogit { token } => {
                format!("token {token} 的 logit 是 +∞；logit 应为有限值，不允许出现的 token 用 −∞")
            }
            Self::NoCandidate { vocab_size } => {
                format!("{vocab_size} 个 logit 全是 −∞，没有 token 可选；至少要放开一个")
            }
            Self::BadProbability { token, value } => {
                format!("token {token} 的概率是 {value}，应为非负有限值")
            }
            Self::Parameter { name, value, range } => {
                format!("{}是 {value}，应{}", first(name), range.chinese())
            }
            Self::Zero { name } => format!("{}不能是 0，至少为 1", first(name)),
            Self::UnknownToken { token, vocab_size } => {
                format!("没有 token {token}：id 从 0 到 {}", vocab_size.saturating_sub(1))
            }
            Self::VocabulariesDiffer { draft, target } => {
                format!("草稿模型有 {draft} 个 token，目标模型有 {target} 个；两者必须共用一个词表")
            }
            Self::TooMany { name, value, limit_name, limit } => {
                format!("{}是 {value}，超过了 {} {limit}，最多 {limit}", first(name), limit_name.chinese())
            }
            Self::TreeTooLarge { limit } => {
                format!("这棵树的前缀超过 {limit} 个；穷举搜索只适合小树")
            }
            Self::GroupsDoNotDivide { beams, groups } => {
                format!("{beams} 条 beam 没法平均分成 {groups} 组，请选 {beams} 的约数")
            }
        }
    }
}

impl Chinese for Parameter {
    fn chinese(&self) -> String {
        match self {
            Self::K
            | Self::TopP
            | Self::MinP
            | Self::Epsilon
            | Self::Beams
            | Self::MaxTokens
            | Self::NBest
            | Self::Groups => return self.to_string(),
            Self::Strategies => "策略数",
            Self::Temperature => "温度",
            Self::TypicalMass => "typical 采样的概率质量",
            Self::ContrastiveAlpha => "对比搜索的 alpha",
            Self::RepetitionPenalty => "重复惩罚",
            Self::PresencePenalty => "存在惩罚",
            Self::FrequencyPenalty => "频率惩罚",
            Self::NGram => "n-gram 的 n",
            Self::LengthPenalty => "长度惩罚",
            Self::Diversity => "多样性强度",
            Self::Gamma => "gamma（每轮草稿的 token 数）",
            Self::AcceptanceRate => "接受率",
            Self::DraftCost => "草稿模型的相对开销",
            Self::MirostatTarget => "mirostat 的目标",
            Self::MirostatRate => "mirostat 的学习率",
        }
        .into()
    }
}

impl Chinese for Bounds {
    fn chinese(&self) -> String {
        match self {
            Self::Probability => "在 0 到 1 之间",
            Self::PlusMinus10 => "在 -10 到 10 之间",
            Self::NotNegative => "为不小于 0 的有限值",
            Self::OrGreedy => "为不小于 0 的有限值（0 即贪心）",
            Self::Bits => "为不小于 0 比特的有限值",
            Self::Positive => "为正的有限值（1 即不惩罚）",
            Self::Finite => "为有限值（0 即不惩罚）",
        }
        .into()
    }
}
