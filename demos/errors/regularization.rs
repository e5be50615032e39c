//! `RegularizationError`.

use concepts::regularization::RegularizationError;

use super::Chinese;

impl Chinese for RegularizationError {
    fn chinese(&self) -> String {
        match self {
            Self::Unpaired { rows, responses } => {
                format!("{rows} 行数据配 {responses} 个目标值，每行要有一个")
            }
            Self::TooFewRows { rows } => format!("只有 {rows} 行数据，至少要 2 行"),
            Self::NothingVaries => "没有一列有变化，至少要有一列".into(),
            Self::ConstantResponse { value } => {
                format!("目标值每行都是 {value}，没有可以解释的变化")
            }
            Self::Number { row, column, value, most } => {
                format!("第 {row} 行第 {column} 列是 {value}；绝对值超过 {most:e} 就算不出平方")
            }
            Self::Lambda { lambda } => format!("lambda 为 {lambda}：请给不小于 0 的数，越大惩罚越强"),
            Self::Mixing { alpha } => {
                format!("alpha 为 {alpha}：请给 0 到 1 之间的数，0 是岭回归，1 是 lasso")
            }
            Self::NoAbsoluteValue => "惩罚里没有绝对值项，对偶间隙无从谈起，请用岭回归".into(),
            Self::Singular { column } => {
                format!("第 {column} 列可由前面的列线性表出，而 lambda 为 0；请给大于 0 的 lambda")
            }
            Self::Circles { knots } => {
                format!("走了 {knots} 个折点，精确路径还没有到头：打平的列太多")
            }
            Self::Folds { folds, rows } => {
                format!("{rows} 行数据分 {folds} 折：请给 2 到行数之间的折数")
            }
            Self::Grid { points } => format!("只有 {points} 个 lambda 可选，至少要 2 个"),
        }
    }
}
