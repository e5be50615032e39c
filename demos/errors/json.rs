//! `JsonFault`: where a file stops being JSON; `StandIn`: what lies in its place.

use concepts::budget::JsonFault;
use concepts::weights::StandIn;

use super::Chinese;

impl Chinese for JsonFault {
    fn chinese(&self) -> String {
        match self {
            Self::Syntax { line, column, .. } => format!("第 {line} 行第 {column} 列有语法错误"),
            Self::CutOff { line, column, .. } => format!("到第 {line} 行第 {column} 列就断了，内容不完整"),
            Self::TooMany { mib, limit } => {
                format!("其中的值读进来约占内存 {mib} MiB，超过 {limit} MiB")
            }
            Self::NoObject { found } => format!("顶层不是对象，而是 {found}"),
            Self::Twice { field, first, second } => {
                format!("字段“{field}”出现了两次，先是 {first}，后是 {second}，请只留一个")
            }
            Self::StandIn(what) => what.chinese(),
        }
    }
}

impl Chinese for StandIn {
    fn chinese(&self) -> String {
        match self {
            Self::Pointer => "这是 Git LFS 的指针，不是文件本身，请用 git lfs pull 下载",
            Self::WebPage => "这是网页，不是网页上展示的那个文件，请下载文件本身",
        }
        .into()
    }
}
