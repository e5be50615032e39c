//! `PatternError`.

use concepts::tokenizer::pretokenize::{Limit, PatternError, PatternFault, Unlike};

use super::Chinese;

impl Chinese for PatternError {
    fn chinese(&self) -> String {
        match self {
            Self::Invalid { pattern, reason } => {
                format!("{pattern:?} 不是正则表达式（{}）", reason.chinese())
            }
            Self::Unlike { pattern, what } => {
                format!("正则表达式 {pattern:?} {}，暂不支持：各个程序的切法并不一致", what.chinese())
            }
            Self::TooSlow { pattern, reason } => {
                format!("正则表达式 {pattern:?} 在这段文本上耗时太长（{}），请简化", reason.chinese())
            }
        }
    }
}

impl Chinese for PatternFault {
    fn chinese(&self) -> String {
        match self {
            Self::Empty => "它是空的".into(),
            Self::Syntax { byte, .. } => format!("第 {byte} 字节处有语法错误"),
            Self::NotCompiled { .. } => "引擎无法编译".into(),
        }
    }
}

impl Chinese for Unlike {
    fn chinese(&self) -> String {
        match self {
            Self::Part(part) => format!("含有 {part:?}"),
            Self::NestedClass => "的字符类里又有字符类".into(),
            Self::RepeatedNothing => "重复了可能为空的部分".into(),
            Self::TooLong => "超过 10,000 字节".into(),
        }
    }
}

impl Chinese for Limit {
    fn chinese(&self) -> String {
        match self {
            Self::Stack { .. } => "回溯栈已满",
            Self::Steps { .. } => "回溯次数达到上限",
        }
        .into()
    }
}
