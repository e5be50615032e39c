//! `JsonFault`: where a file stops being JSON.

use concepts::budget::JsonFault;

use super::Chinese;

impl Chinese for JsonFault {
    fn chinese(&self) -> String {
        match self {
            Self::Syntax { line, column, .. } => format!("第 {line} 行第 {column} 列有语法错误"),
            Self::CutOff { line, column, .. } => format!("到第 {line} 行第 {column} 列就断了，内容不完整"),
            Self::TooMany { mib, limit } => {
                format!("其中的值读进来约占内存 {mib} MiB，超过 {limit} MiB")
            }
            Self::NoObject => "顶层不是对象".into(),
        }
    }
}
