//! `LinearError`.

use concepts::linear::{LinearError, Operand};

use super::Chinese;

impl Chinese for LinearError {
    fn chinese(&self) -> String {
        match self {
            Self::NotAMatrix { name, dimensions } => {
                format!("张量“{name}”有 {dimensions} 维，权重矩阵应为 2 维")
            }
            Self::Empty { name, rows, columns } => {
                format!("张量“{name}”是 {rows} × {columns}，至少为 1 × 1")
            }
            Self::BrokenBlock { name, columns, block } => {
                format!("张量“{name}”每行 {columns} 个权重，不是每块 {block} 个的整数倍")
            }
            Self::Length { what, found, expected } => {
                format!("{}有 {found} 个，按形状应有 {expected} 个", what.chinese())
            }
            Self::NoSuchRow { row, rows } => format!("没有第 {row} 行：矩阵只有 {rows} 行，从 0 数起"),
            Self::Columns { first, other } => {
                format!("{first} 列与 {other} 列的矩阵不能用同一份激活值")
            }
            Self::Rooms { matrices, rooms } => {
                format!("{matrices} 个矩阵，却只给了 {rooms} 份输出的空间；每个矩阵各要一份")
            }
        }
    }
}

impl Chinese for Operand {
    fn chinese(&self) -> String {
        match self {
            Self::Activations => "激活值",
            Self::Outputs => "输出的空间",
            Self::Row => "一行的空间",
            Self::Bytes => "权重的字节",
        }
        .into()
    }
}
