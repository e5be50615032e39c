//! `WeightsError`.

use concepts::weights::words::{GgufFault, JsonWanted, Part};
use concepts::weights::{Encoding, WeightsError};

use super::Chinese;

impl Chinese for WeightsError {
    fn chinese(&self) -> String {
        match self {
            Self::NotGguf { found } => {
                format!("文件开头是 {found:02x?}，不是“GGUF”：这不是 GGUF 文件")
            }
            Self::BigEndian => "文件是大端字节序，请先用 Python 包 gguf 的 gguf-convert-endian 转换".into(),
            Self::Version { version } => {
                format!("GGUF 的版本是 {version}，支持 2 和 3，请重新转换")
            }
            Self::CutOff { part, at, needed, left } => format!(
                "第 {at} 字节处，{}需要 {needed} 字节，只剩 {left} 字节：文件不完整或已损坏",
                part.chinese()
            ),
            Self::TooMany { part, count, bytes } => {
                format!("文件声称有 {count} 个{}，剩下的 {bytes} 字节根本放不下", part.chinese())
            }
            Self::Wrong { part, name, fault } => {
                format!("{}“{name}”{}", part.chinese(), fault.chinese())
            }
            Self::Overlap { first, second, end, start } => format!(
                "张量“{first}”与“{second}”重叠：前一个到数据的第 {end} 字节为止，后一个从第 {start} 字节开始"
            ),
            Self::Beyond { tensor, end, bytes } => {
                format!("张量“{tensor}”到第 {end} 字节为止，文件却只有 {bytes} 字节：文件不完整")
            }
            Self::SafeTensors { .. } => "不是完整的 safetensors 文件，请重新下载".into(),
            Self::StandIn(what) => what.chinese(),
            Self::Dtype { tensor, found } => {
                format!("张量“{tensor}”的数值类型是 {found}，支持 F32、F16 和 BF16")
            }
            Self::EmptyTensor { tensor } => format!("张量“{tensor}”有一维是 0"),
            Self::Twice { tensor } => format!("张量“{tensor}”出现在不止一个文件里"),
            Self::Index { fault } => format!("safetensors 的索引{}", fault.chinese()),
            Self::Misplaced { tensor, file } => {
                format!("索引说“{tensor}”在 {file} 里，可那里没有")
            }
            Self::PartialBlock { values, block, encoding } => {
                format!("{values} 个数凑不成整块：{encoding} 每块 {block} 个")
            }
        }
    }
}

/// What is read, and how to come by it.
fn supported() -> String {
    let read: Vec<&str> = Encoding::ALL.iter().map(|encoding| encoding.name()).collect();
    format!("支持的有 {}：请换这个模型的另一个文件，或用 llama-quantize 重新量化", read.join("、"))
}

impl Chinese for Part {
    fn chinese(&self) -> String {
        match self {
            Self::Header => "文件头",
            Self::Entries => "元数据项",
            Self::Key => "元数据项的名字",
            Self::Entry => "元数据项",
            Self::Values => "列表元素",
            Self::Tensors => "张量",
            Self::TensorName => "张量的名字",
            Self::Tensor => "张量",
        }
        .into()
    }
}

impl Chinese for GgufFault {
    fn chinese(&self) -> String {
        match self {
            Self::NotUtf8 => "里有字节不是 UTF-8，文件已损坏，请重新下载".into(),
            Self::Twice => "出现了两次".into(),
            Self::ValueType(number) => format!("的类型是 {number}，只有类型 0 到 12"),
            Self::Bool(byte) => format!("是真假值，却写成 {byte}，应为 0 或 1"),
            Self::Nested { limit } => format!("的列表嵌套超过 {limit} 层"),
            Self::Alignment { found } => format!("是 {found}；对齐应为二的幂，一般是 32"),
            Self::Dimensions { found, limit } => format!("有 {found} 维，最多 {limit} 维"),
            Self::Empty => "有一维是 0".into(),
            Self::Overflow => "各维之积超出 64 位".into(),
            Self::TensorType { number, name: Some(name) } => {
                format!("的存储类型是 {number}（{name}），暂不支持；{}", supported())
            }
            Self::TensorType { number, name: None } => {
                format!("的存储类型是 {number}，不认识；{}", supported())
            }
            Self::PartialBlock { columns, block } => {
                format!("每行 {columns} 个数，凑不成 {block} 个一块的整块")
            }
            Self::Misaligned { offset, alignment } => {
                format!("从数据的第 {offset} 字节开始，不是 {alignment} 的倍数")
            }
        }
    }
}

impl Chinese for JsonWanted {
    fn chinese(&self) -> String {
        match self {
            Self::Unread(fault) => format!("无法按 JSON 对象读取（{}）", fault.chinese()),
            Self::NoMap => "里没有从张量到文件的 weight_map".into(),
            Self::NoFile(file) => format!("提到的文件 {file} 不在"),
        }
    }
}
